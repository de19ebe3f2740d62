import Database from 'better-sqlite3';
import type { ChainedEntry } from '../../src-main/domain/audit.ts';
import { verifyChain } from '../../src-main/domain/audit-chain.ts';
import type { Message } from '../../src-main/domain/message.ts';
import { openLetter, type World } from './world.ts';

/** What every database must satisfy whenever its process died: a query for the rows that break the rule. */
const RULES: Record<string, string> = {
  'every session has its account': `
    SELECT s.id FROM sessions s LEFT JOIN accounts a ON a.id = s.account_id WHERE a.id IS NULL`,
  'every session and pending sign-in is of its account’s present epoch': `
    SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.epoch <> a.epoch
    UNION ALL SELECT p.id FROM pending_sign_ins p JOIN accounts a ON a.id = p.account_id WHERE p.epoch <> a.epoch`,
  'workspace, policy and owner come together': `
    SELECT 1 WHERE (SELECT count(*) FROM workspace) <> (SELECT count(*) FROM policies)
      OR (SELECT count(*) FROM workspace) <> (SELECT count(*) FROM accounts WHERE role = 'owner')`,
  'an active account has ten recovery codes and one preferred factor, any other none': `
    SELECT a.id FROM accounts a
    WHERE (SELECT count(*) FROM recovery_codes c WHERE c.account_id = a.id) <> iif(a.two_step = 'active', 10, 0)
      OR (SELECT count(*) FROM factors f WHERE f.account_id = a.id) <> iif(a.two_step = 'active', 1, 0)
      OR (SELECT count(*) FROM factors f WHERE f.account_id = a.id AND f.preferred) <> iif(a.two_step = 'active', 1, 0)`,
  'a redeemed code and the act that it allowed come together': `
    WITH acts (purpose, kind) AS (VALUES ('signIn', 'signedIn'), ('enable', 'twoStepEnabled'),
      ('disable', 'twoStepDisabled'), ('newRecoveryCodes', 'recoveryCodesReplaced'))
    SELECT purpose FROM acts
    WHERE (SELECT count(*) FROM challenges c WHERE c.purpose = acts.purpose AND c.state = 'redeemed') <>
      (SELECT count(*) FROM audit e WHERE e.kind = acts.kind AND e.detail ->> 'method' = 'email')`,
  'each sign-in left a session, unless a later change of factors ended it': `
    WITH fresh AS (SELECT coalesce(max(sequence), 0) AS since FROM audit WHERE kind IN
      ('workspaceCreated', 'twoStepEnabled', 'twoStepDisabled', 'recoveryCodesReplaced'))
    SELECT 1 FROM fresh WHERE since > 0 AND (SELECT count(*) FROM sessions) <>
      1 + (SELECT count(*) FROM audit WHERE kind = 'signedIn' AND sequence > since)`,
  'each accepted password left a pending sign-in, unless it was finished or a change of factors ended it': `
    WITH fresh AS (SELECT coalesce(max(sequence), 0) AS since FROM audit WHERE kind IN
      ('workspaceCreated', 'twoStepEnabled', 'twoStepDisabled', 'recoveryCodesReplaced'))
    SELECT 1 FROM fresh WHERE (SELECT count(*) FROM pending_sign_ins) <>
      (SELECT count(*) FROM audit WHERE kind = 'passwordAccepted' AND sequence > since) -
      (SELECT count(*) FROM audit WHERE kind = 'signedIn' AND sequence > since)`,
  'every code has its letter': `
    SELECT c.id FROM challenges c LEFT JOIN outbox o ON o.id = c.message_id WHERE o.id IS NULL`,
};

/** Acts that are told of by letter, one each. */
const TOLD: Partial<Record<Message['kind'], string>> = {
  twoStepEnabled: "kind = 'twoStepEnabled'",
  twoStepDisabled: "kind = 'twoStepDisabled'",
  recoveryCodesReplaced: "kind = 'recoveryCodesReplaced'",
  signInCode: "kind = 'codeSent' AND detail ->> 'purpose' = 'signIn'",
  enableCode: "kind = 'codeSent' AND detail ->> 'purpose' = 'enable'",
  disableCode: "kind = 'codeSent' AND detail ->> 'purpose' = 'disable'",
  recoveryCodeUsed: "kind IN ('signedIn', 'twoStepDisabled') AND detail ->> 'method' = 'recoveryCode'",
};

/** Everything that is wrong with the data of a reopened world, in words; empty when all holds. */
export async function findings(world: World, file: string): Promise<string[]> {
  const database = new Database(file, { readonly: true });
  try {
    const count = (where: string) => database.prepare(`SELECT count(*) FROM audit WHERE ${where}`).pluck().get();
    const letters = database.prepare('SELECT id, account_id AS accountId, sealed FROM outbox').all();
    const kinds = letters.map((row) => openLetter(world.vault, row as Parameters<typeof openLetter>[1]).message.kind);
    const broken = verifyChain(await wholeAudit(world));
    return [
      ...wrongWhen(database.pragma('integrity_check', { simple: true }) !== 'ok', 'the pages are damaged'),
      ...wrongWhen((database.pragma('foreign_key_check') as []).length > 0, 'a row refers to nothing'),
      ...wrongWhen(broken !== null, `the audit chain breaks at ${broken}`),
      ...Object.entries(RULES).flatMap(([rule, query]) =>
        wrongWhen(database.prepare(query).all().length > 0, `it does not hold that ${rule}`),
      ),
      ...Object.entries(TOLD).flatMap(([kind, where]) =>
        wrongWhen(
          kinds.filter((each) => each === kind).length !== count(where),
          `letters ${kind} and acts do not come together`,
        ),
      ),
    ];
  } finally {
    database.close();
  }
}

function wrongWhen(condition: boolean, finding: string): string[] {
  return condition ? [finding] : [];
}

export async function wholeAudit({ sqlite }: World): Promise<ChainedEntry[]> {
  return sqlite.read((tx) => tx.audit.list(0, 1_000_000));
}
