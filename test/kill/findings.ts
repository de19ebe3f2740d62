import Database from 'better-sqlite3';
import type { ChainedEntry } from '../../src-main/domain/audit.ts';
import { verifyChain } from '../../src-main/domain/audit-chain.ts';
import type { Message } from '../../src-main/domain/message.ts';
import { openLetter, type World } from './world.ts';

/** Entries of acts that mailed an invitation: an import adds first, and invites later. */
const INVITED = "(kind = 'invitationSent' OR (kind = 'userAdded' AND target_id NOT LIKE '%.%'))";

/** What every database must satisfy whenever its process died: a query for the rows that break the rule. */
const RULES: Record<string, string> = {
  'every session has its account': `
    SELECT s.id FROM sessions s LEFT JOIN accounts a ON a.id = s.account_id WHERE a.id IS NULL`,
  'every session and pending sign-in is of its account’s present epoch': `
    SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.epoch <> a.epoch
    UNION ALL SELECT p.id FROM pending_sign_ins p JOIN accounts a ON a.id = p.account_id WHERE p.epoch <> a.epoch`,
  'workspace, policy and owner come together': `
    SELECT 1 WHERE (SELECT count(*) FROM workspace) + (SELECT count(*) FROM audit WHERE kind = 'policyChanged') <>
        (SELECT count(*) FROM policies)
      OR (SELECT count(*) FROM workspace) <> (SELECT count(*) FROM accounts WHERE role = 'owner')`,
  'an active account has ten recovery codes and one preferred factor, any other none': `
    SELECT a.id FROM accounts a
    WHERE (SELECT count(*) FROM recovery_codes c WHERE c.account_id = a.id) <> iif(a.two_step = 'active', 10, 0)
      OR (SELECT count(*) FROM factors f WHERE f.account_id = a.id) <> iif(a.two_step = 'active', 1, 0)
      OR (SELECT count(*) FROM factors f WHERE f.account_id = a.id AND f.preferred) <> iif(a.two_step = 'active', 1, 0)`,
  'a redeemed code and the act that it allowed come together': `
    WITH acts (purpose, kind, method) AS (VALUES ('signIn', 'signedIn', 'email'), ('enable', 'twoStepEnabled', 'email'),
      ('disable', 'twoStepDisabled', 'email'), ('newRecoveryCodes', 'recoveryCodesReplaced', 'email'),
      ('policy', 'policyChanged', 'email'), ('confirmEmail', 'emailChanged', 'email'), ('changeEmail', 'emailChanged', 'email'), ('deleteAccount', 'accountDeleted', 'email'))
    SELECT purpose FROM acts
    WHERE (SELECT count(*) FROM challenges c WHERE c.purpose = acts.purpose AND c.state = 'redeemed') <>
      (SELECT count(*) FROM audit e WHERE e.kind = acts.kind AND e.detail ->> 'method' IS acts.method)`,
  'a one-time code is there for each act that gave one, and used for each act that took one': `
    WITH acts (purpose, given, taken) AS (VALUES ('resetPassword', 'resetRequested', 'passwordReset'),
      ('recoverOwner', 'ownerRecoveryStarted', 'ownerRecovered'), ('undoEmailChange', 'emailChanged', 'emailChangeUndone'))
    SELECT purpose FROM acts
    WHERE (SELECT count(*) FROM one_time_codes c WHERE c.purpose = acts.purpose) <>
        (SELECT count(*) FROM audit e WHERE e.kind = acts.given)
      OR (SELECT count(*) FROM one_time_codes c WHERE c.purpose = acts.purpose AND c.state = 'redeemed') <>
        (SELECT count(*) FROM audit e WHERE e.kind = acts.taken)`,
  'an invitation’s code is there for each who was invited, and used by each who joined': `
    SELECT 1 WHERE (SELECT count(*) FROM one_time_codes WHERE purpose = 'invitation') <>
        (SELECT count(*) FROM audit WHERE ${INVITED})
      OR (SELECT count(*) FROM one_time_codes WHERE purpose = 'invitation' AND state = 'redeemed') <>
        (SELECT count(*) FROM audit WHERE kind = 'invitationAccepted')`,
  'each sign-in left a session, unless a later act ended it; that act kept its own or none': `
    ${freshAccounts()} SELECT id FROM fresh
    WHERE (SELECT count(*) FROM sessions s WHERE s.account_id = fresh.id) <>
      kept + (SELECT count(*) FROM audit e WHERE e.kind = 'signedIn' AND e.target_id = fresh.id AND e.sequence > since)`,
  'each accepted password left a pending sign-in, unless it was finished or a later act ended it': `
    ${freshAccounts()} SELECT id FROM fresh
    WHERE (SELECT count(*) FROM pending_sign_ins p WHERE p.account_id = fresh.id) <>
      (SELECT count(*) FROM audit e WHERE e.kind = 'passwordAccepted' AND e.target_id = fresh.id AND e.sequence > since) -
      (SELECT count(*) FROM audit e WHERE e.kind = 'signedIn' AND e.detail ->> 'method' IS NOT NULL
        AND e.target_id = fresh.id AND e.sequence > since)`,
  'a deleted account has nothing left to be known or opened by': `
    SELECT id FROM accounts a WHERE deleted_at IS NOT NULL AND (password_hash <> '' OR email <> '' OR two_step <> 'off'
      OR EXISTS (SELECT 1 FROM challenges c WHERE c.account_id = a.id AND c.state = 'open'))`,
  'accounts and the acts that deleted them come together': `
    SELECT 1 WHERE (SELECT count(*) FROM accounts WHERE deleted_at IS NOT NULL) <>
      (SELECT count(*) FROM audit WHERE kind = 'accountDeleted')`,
  'a trusted computer and the sign-in that earned it come together (R18)': `
    SELECT 1 WHERE (SELECT count(*) FROM trusted_devices) <> (SELECT count(*) FROM audit WHERE kind = 'trustGranted')`,
  'a trusted computer was used once for each sign-in it spared the code (S32)': `
    SELECT id FROM trusted_devices d WHERE (d.last_used_at > d.created_at) <>
      (SELECT count(*) FROM audit WHERE kind = 'signedIn' AND detail ->> 'reason' = 'trustedDevice')`,
  'whoever was invited has a password once they joined, and not before (S42)': `
    SELECT 1 WHERE (SELECT count(*) FROM accounts WHERE joined_at IS NOT NULL AND password_hash IS NOT NULL) <>
        (SELECT count(*) FROM audit WHERE kind = 'invitationAccepted')
      OR (SELECT count(*) FROM accounts WHERE joined_at IS NULL AND password_hash IS NULL AND deleted_at IS NULL) <>
        (SELECT count(*) FROM audit WHERE kind = 'userAdded') -
        (SELECT count(*) FROM audit WHERE kind IN ('invitationAccepted', 'userRemoved'))`,
  'requiring two-step verification and beginning to write about it come together': `
    SELECT 1 WHERE (SELECT count(*) FROM policies WHERE required_since IS NOT NULL) <>
        (SELECT count(*) FROM jobs WHERE kind = 'setupInstructions')`,
  'jobs and the entries of their beginnings and ends come together': `
    SELECT 1 WHERE (SELECT count(*) FROM jobs) <> (SELECT count(*) FROM audit WHERE kind = 'jobStarted')
      OR (SELECT count(*) FROM jobs WHERE state <> 'running') <> (SELECT count(*) FROM audit WHERE kind = 'jobEnded')`,
  'everybody up to where a job has come is written to once, nobody behind it': `
    SELECT a.id FROM accounts a JOIN jobs j ON j.kind = 'setupInstructions'
    WHERE (SELECT count(*) FROM outbox o WHERE o.account_id = a.id AND o.bulk) <> iif(a.id <= j.cursor, 1, 0)`,
  'a job that is done has come to the last account': `
    SELECT id FROM jobs WHERE kind = 'setupInstructions' AND state = 'done' AND (done <> total OR cursor <> (SELECT max(id) FROM accounts))`,
  'an import has added as many as it says, each with an entry, and taken out whom it says (R39)': `
    ${imports()} SELECT id FROM imports
    WHERE people <> iif(phase = 'inviting', total, done) OR people <> added - removed
      OR (phase = 'adding' AND removed > 0)`,
  'nobody is invited before all are there, nobody twice, and then as many as it says (R39)': `
    ${imports()} SELECT id FROM imports WHERE codes <> iif(phase = 'inviting', done, 0) OR codes <> invited
      OR (phase = 'inviting') <> all_there`,
  'an import that has ended left everybody there and invited, or nobody, and nothing to be done (R39)': `
    ${imports()} SELECT id FROM imports WHERE state <> 'running' AND (pieces > 0
      OR people <> iif(state = 'done', total, 0) OR codes <> people)`,
  'every code has its letter': `
    SELECT c.id FROM challenges c LEFT JOIN outbox o ON o.id = c.message_id WHERE o.id IS NULL`,
};

/** Each import, with what there is of it in the other tables: its accounts have its id before their own. */
function imports(): string {
  const entries = (kind: string) =>
    `(SELECT count(*) FROM audit e WHERE e.kind = '${kind}' AND e.target_id LIKE j.id || '.%')`;
  return `WITH imports AS (SELECT j.id, j.state, j.phase, j.done, j.total,
    (SELECT count(*) FROM accounts a WHERE a.id LIKE j.id || '.%') AS people,
    (SELECT count(*) FROM one_time_codes c WHERE c.account_id LIKE j.id || '.%') AS codes,
    (SELECT count(*) FROM job_pieces p WHERE p.job_id = j.id) AS pieces,
    (SELECT count(*) FROM audit e WHERE e.kind = 'usersImported' AND e.detail ->> 'count' = j.total) AS all_there,
    ${entries('userAdded')} AS added, ${entries('userRemoved')} AS removed, ${entries('invitationSent')} AS invited
    FROM jobs j WHERE j.kind = 'userImport')`;
}

/** Each account, the sequence number of the act that last began a new epoch of it, and how many sessions that act kept. */
function freshAccounts(): string {
  const keeping = `('workspaceCreated', 'twoStepEnabled', 'twoStepDisabled', 'recoveryCodesReplaced', 'passwordChanged',
    'emailChanged')`;
  const ending = "('passwordReset', 'emailChangeUndone', 'ownerRecovered', 'accountDeleted', 'invitationAccepted')";
  const newest = (kinds: string) =>
    `coalesce((SELECT max(sequence) FROM audit e WHERE e.target_id = a.id AND e.kind IN ${kinds}), 0)`;
  return `WITH epochs AS (SELECT a.id, ${newest(keeping)} AS keeping, ${newest(ending)} AS ending FROM accounts a),
    fresh AS (SELECT id, max(keeping, ending) AS since, iif(keeping > ending, 1, 0) AS kept FROM epochs)`;
}

const sent = (purpose: string) => `kind = 'codeSent' AND detail ->> 'purpose' = '${purpose}'`;

/** Acts that are told of by letter, one each. */
const TOLD: Partial<Record<Message['kind'], string>> = {
  twoStepEnabled: "kind = 'twoStepEnabled'",
  twoStepDisabled: "kind IN ('twoStepDisabled', 'ownerRecovered')",
  recoveryCodesReplaced: "kind = 'recoveryCodesReplaced'",
  recoveryCodeUsed: "kind IN ('signedIn', 'twoStepDisabled') AND detail ->> 'method' = 'recoveryCode'",
  passwordChanged: "kind IN ('passwordChanged', 'passwordReset')",
  passwordReset: "kind = 'resetRequested'",
  emailChanged: "kind = 'emailChanged'",
  emailConfirmed: "kind = 'emailChanged'",
  accountDeleted: "kind = 'accountDeleted'",
  ownerRecoveryStarted: "kind = 'ownerRecoveryStarted'", // while the owner is alone
  signInCode: sent('signIn'),
  enableCode: sent('enable'),
  disableCode: sent('disable'),
  newRecoveryCodesCode: sent('newRecoveryCodes'),
  confirmEmailCode: sent('confirmEmail'),
  changeEmailCode: sent('changeEmail'),
  invitation: INVITED,
  deleteAccountCode: sent('deleteAccount'),
  policyCode: sent('policy'),
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
      ...rulesBrokenIn(database),
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

/** The rules that do not hold in a database, in words. */
export function brokenRules(file: string): string[] {
  const database = new Database(file, { readonly: true });
  try {
    return rulesBrokenIn(database);
  } finally {
    database.close();
  }
}

function rulesBrokenIn(database: Database.Database): string[] {
  return Object.entries(RULES).flatMap(([rule, query]) =>
    wrongWhen(database.prepare(query).all().length > 0, `it does not hold that ${rule}`),
  );
}

function wrongWhen(condition: boolean, finding: string): string[] {
  return condition ? [finding] : [];
}

export async function wholeAudit({ sqlite }: World): Promise<ChainedEntry[]> {
  return sqlite.read((tx) => tx.audit.list(0, 1_000_000));
}
