import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BenchEngine } from './engine.ts';

const MINUTE = 60_000;

/** The least that could be written by hand for the same rows: prepared statements, three durable commits, no decisions. */
export interface MinimalLoop {
  signIn(index: number): string;
  checkSession(token: string): boolean;
  /** Rows per table, to compare with the engine's. */
  rowCounts(): Record<string, number>;
}

interface FoundSession {
  readonly epoch: number;
  readonly account_epoch: number;
  readonly last_seen_at: number;
  readonly ends_at: number;
}

/** @param twin an engine of its own whose file the loop takes over, filled like the other one's @param sealedLetter one that the engine wrote, so that the rows weigh the same */
export async function openMinimalLoop(twin: BenchEngine, sealedLetter: string): Promise<MinimalLoop> {
  await twin.deps.store.close();
  const db = new Database(join(twin.folder, 'vestibule.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const insert = (table: string, columns: string) =>
    db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')})`);
  const throttle = db.prepare('UPDATE accounts SET failures = ?, locked_until = ?, tries_in_lock = ? WHERE id = ?');
  const admitted = db.prepare(
    'UPDATE accounts SET failures = 0, locked_until = 0, tries_in_lock = 0, last_sign_in_at = ? WHERE id = ?',
  );
  const addPending = insert(
    'pending_sign_ins',
    'id, account_id, token_hash, epoch, policy_version, surface, recovery_tries, created_at, expires_at',
  );
  const removePending = db.prepare('DELETE FROM pending_sign_ins WHERE id = ?');
  const addLetter = insert('outbox', 'id, account_id, sealed, state, attempts, due_at, created_at');
  const voidCodes = db.prepare(
    "UPDATE challenges SET state = 'voided' WHERE account_id = ? AND purpose = 'signIn' AND state = 'open'",
  );
  const addChallenge = insert(
    'challenges',
    `id, account_id, purpose, bound_to, code_mac, sent_to, epoch, tries, last_wrong_mac, state, created_at, expires_at,
     message_id`,
  );
  const redeem = db.prepare("UPDATE challenges SET state = 'redeemed' WHERE id = ? AND state = 'open'");
  const touchFactor = db.prepare('UPDATE factors SET last_used_at = ? WHERE account_id = ?');
  const addAudit = insert(
    'audit',
    'sequence, kind, at, actor_id, target_id, surface, address, detail, previous_hash, hash',
  );
  const addSession = insert(
    'sessions',
    'id, account_id, token_hash, epoch, surface, client, address, scope, proven_with, created_at, last_seen_at, ends_at',
  );
  // A sub-select, not a join: beside a bound key SQLite would plan a join anew at each call, which no careful hand pays.
  const findSession = db.prepare(
    `SELECT s.epoch, s.last_seen_at, s.ends_at,
       (SELECT a.epoch FROM accounts a WHERE a.id = s.account_id) AS account_epoch
     FROM sessions s WHERE s.token_hash = ?`,
  );
  let sequence = Number(db.prepare('SELECT max(sequence) FROM audit').pluck().get());

  const audit = (kind: string, now: number, account: string, detail: string) => {
    sequence += 1;
    addAudit.run(sequence, kind, now, null, account, 'desktop', '192.0.2.7', detail, hex(), hex());
  };
  const reserve = db.transaction((account: string) => throttle.run(1, 0, 0, account));
  const admit = db.transaction((account: string, email: string, pending: string, challenge: string, now: number) => {
    throttle.run(0, 0, 0, account);
    addPending.run(pending, account, hex(), 1, 1, 'desktop', 0, now, now + 10 * MINUTE);
    audit('passwordAccepted', now, account, '{}');
    voidCodes.run(account);
    const letter = id();
    addLetter.run(letter, account, sealedLetter, 'queued', 0, now, now);
    const end = now + 5 * MINUTE;
    addChallenge.run(challenge, account, 'signIn', pending, mac(), email, 1, 0, null, 'open', now, end, letter);
    audit('codeSent', now, account, '{"purpose":"signIn","method":"email"}');
  });
  const finish = db.transaction((account: string, pending: string, challenge: string, token: string, now: number) => {
    redeem.run(challenge);
    removePending.run(pending);
    admitted.run(now, account);
    touchFactor.run(now, account);
    audit('signedIn', now, account, '{"method":"email"}');
    const end = now + 24 * 60 * MINUTE;
    addSession.run(
      id(),
      account,
      sha256(token),
      1,
      'desktop',
      'Chrome on Linux',
      '192.0.2.7',
      'full',
      'email',
      now,
      now,
      end,
    );
  });

  return {
    signIn(index) {
      const { id: account, email } = twin.accounts[index % twin.accounts.length] ?? { id: '', email: '' };
      const [pending, challenge, token, now] = [id(), id(), randomBytes(32).toString('base64url'), Date.now()];
      reserve.immediate(account);
      admit.immediate(account, email, pending, challenge, now);
      finish.immediate(account, pending, challenge, token, now);
      return token;
    },
    checkSession(token) {
      const row = findSession.get(sha256(token)) as FoundSession | undefined;
      const now = Date.now();
      return (
        row !== undefined &&
        row.epoch === row.account_epoch &&
        now < row.ends_at &&
        now < row.last_seen_at + 60 * MINUTE
      );
    },
    rowCounts: () => rowCounts(join(twin.folder, 'vestibule.db')),
  };
}

/** Rows in each table of a database that may be open elsewhere. The loop's have no seals. */
export function rowCounts(file: string): Record<string, number> {
  const db = new Database(file, { readonly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  const counts = tables.map((table) => [table, Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get())]);
  db.close();
  return Object.fromEntries(counts);
}

const id = () => randomBytes(16).toString('base64url');
const hex = () => randomBytes(32).toString('hex');
const mac = () => randomBytes(32).toString('base64url');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
