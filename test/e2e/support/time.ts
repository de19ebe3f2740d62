import { createHmac } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { RowSeals } from '../../../src-main/adapters/sqlite/seals.ts';
import { splitKey } from '../../../src-main/adapters/vault/envelope.ts';
import { openDataKey } from '../../../src-main/adapters/vault/guard.ts';
import { readKeyFile } from '../../../src-main/adapters/vault/key-file.ts';
import type { App } from './app.ts';

const INSTANTS: Readonly<Record<string, readonly string[]>> = {
  sessions: ['created_at', 'last_seen_at', 'ends_at'],
  pending_sign_ins: ['created_at', 'expires_at'],
  challenges: ['created_at', 'expires_at'],
  accounts: ['locked_until', 'created_at', 'joined_at'],
  policies: ['required_since'],
  trusted_devices: ['created_at', 'last_used_at', 'expires_at'],
  one_time_codes: ['created_at', 'expires_at'],
};

/**
 * Makes the app find everything as if it had been left alone for `milliseconds`: what it has stored moves into the
 * past, while its clock goes on. Nobody has to sleep, and the engine decides by its own rules.
 */
export function passTime(app: App, milliseconds: number): void {
  const db = new Database(path.join(app.data, 'vestibule.db'));
  sealWhatChanges(db, path.join(app.data, 'vault.key'));
  db.transaction(() => {
    for (const [table, columns] of Object.entries(INSTANTS)) {
      const changes = columns.map((column) => `${column} = max(0, ${column} - ?)`).join(', ');
      db.prepare(`UPDATE ${table} SET ${changes}`).run(columns.map(() => milliseconds));
    }
  }).immediate();
  db.close();
}

/** As the app itself would, or it would find its rows damaged. */
function sealWhatChanges(db: Database.Database, keyFile: string): void {
  const { kid, wrapped } = db.prepare('SELECT kid, wrapped FROM vault_keys').get() as Record<string, string>;
  const { rows } = splitKey(openDataKey(readKeyFile(keyFile) ?? new Uint8Array(), wrapped ?? '', kid ?? ''));
  const of = (text: string) => createHmac('sha256', rows).update(text).digest('base64url');
  new RowSeals().begin(db, { of, fits: (text, seal) => seal === of(text) });
}
