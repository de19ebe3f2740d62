import path from 'node:path';
import Database from 'better-sqlite3';
import type { App } from './app.ts';

const INSTANTS: Readonly<Record<string, readonly string[]>> = {
  sessions: ['created_at', 'last_seen_at', 'ends_at'],
  pending_sign_ins: ['created_at', 'expires_at'],
  challenges: ['created_at', 'expires_at'],
  accounts: ['locked_until'],
};

/**
 * Makes the app find everything as if it had been left alone for `milliseconds`: what it has stored moves into the
 * past, while its clock goes on. Nobody has to sleep, and the engine decides by its own rules.
 */
export function passTime(app: App, milliseconds: number): void {
  const db = new Database(path.join(app.data, 'vestibule.db'));
  db.transaction(() => {
    for (const [table, columns] of Object.entries(INSTANTS)) {
      const changes = columns.map((column) => `${column} = max(0, ${column} - ?)`).join(', ');
      db.prepare(`UPDATE ${table} SET ${changes}`).run(columns.map(() => milliseconds));
    }
  }).immediate();
  db.close();
}
