import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts';
import type { SqliteStore } from '../../src-main/adapters/sqlite/sqlite-store.ts';

/** A folder of its own, gone when the test that asked for it is over. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A real, empty store in `folder`, closed when the test is over. Call it from a test or a `beforeEach`. */
export async function openTestStore(folder?: string): Promise<SqliteStore> {
  const home = folder ?? (await freshFolder());
  const store = await openSqliteStore({
    file: join(home, 'vestibule.db'),
    backupsFolder: join(home, 'backups'),
    now: () => Date.UTC(2026, 0, 1),
  });
  onTestFinished(() => store.close());
  return store;
}
