import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { connect } from '../../src-main/adapters/sqlite/connect.ts';
import { type SqliteStore, storeOver } from '../../src-main/adapters/sqlite/sqlite-store.ts';

/** Where tests write that wait for no disk: memory, where the system lends it as a folder. */
export const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of its own, gone when the test that asked for it is over. */
export async function freshFolder(parent: string = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(parent, 'vestibule-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * A real, empty store in `folder`, closed when the test is over. Call it from a test or a `beforeEach`.
 * @param durability `none` does not wait for the disk: for walks of thousands of steps that no power cut is part of
 */
export async function openTestStore(folder?: string, durability: 'full' | 'none' = 'full'): Promise<SqliteStore> {
  const home = folder ?? (await freshFolder());
  const { writer, reader } = await connect({
    file: join(home, 'vestibule.db'),
    backupsFolder: join(home, 'backups'),
    now: () => Date.UTC(2026, 0, 1),
  });
  if (durability === 'none') writer.pragma('synchronous = OFF');
  const store = storeOver(writer, reader);
  onTestFinished(() => store.close());
  return store;
}
