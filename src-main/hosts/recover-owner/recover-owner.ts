import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lockFolder } from '../../adapters/sqlite/folder-lock.ts';
import { openSqliteStore } from '../../adapters/sqlite/open-store.ts';
import { systemClock, systemRandom } from '../../adapters/system-ambient.ts';
import { openKeyFileVault } from '../../adapters/vault/key-file-vault.ts';
import { DomainError } from '../../domain/errors.ts';
import { startClock } from '../../use-cases/clock/start-clock.ts';
import { type RecoveryWanted, startOwnerRecovery } from '../../use-cases/recovery/start-owner-recovery.ts';
import { oneLine } from '../claim-folder.ts';

/**
 * Prints a one-time code for an owner who lost password, mailbox and codes. It takes the data folder and its key, and no app
 * that runs on it. Ends with 2 for wrong options, 1 for a folder or an owner that is not there, each with one line.
 */
export async function recoverOwner(args: readonly string[]): Promise<void> {
  let options: RecoveryOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    return fail(error, 2);
  }
  try {
    process.stdout.write(await issueRecoveryCode(options));
  } catch (error) {
    fail(error, 1);
  }
}

export interface RecoveryOptions extends RecoveryWanted {
  readonly data: string;
}

const TEXT = { type: 'string' } as const;

function readOptions(args: readonly string[]): RecoveryOptions {
  const { values } = parseArgs({ args: [...args], options: { data: TEXT, email: TEXT, 'new-email': TEXT } });
  if (!values.data) throw new Error('Say which data folder is meant: --data DIR.');
  return { data: values.data, email: values.email ?? null, newEmail: values['new-email'] ?? null };
}

/** @throws {Error} one sentence */
export async function issueRecoveryCode({ data, ...wanted }: RecoveryOptions): Promise<string> {
  if (!existsSync(join(data, 'vestibule.db'))) throw new Error(`There is no workspace in ${data}.`);
  const lock = lockFolder(data);
  if (!lock) throw new Error(`Vestibule runs on ${data}: quit it first.`);
  const clock = systemClock();
  const store = await openSqliteStore({
    file: join(data, 'vestibule.db'),
    backupsFolder: join(data, 'backups'),
    now: clock.now,
  });
  try {
    const parts = { keys: store.vaultKeys, random: systemRandom, now: clock.now };
    const vault = await openKeyFileVault({ ...parts, file: join(data, 'vault.key') });
    await store.sealRows(vault.rowSeal);
    const caller = { surface: 'desktop' as const, addresses: [], client: 'Command line' };
    await startClock({ store, clock }, caller);
    const deps = { store, clock, random: systemRandom, vault };
    const { code, owner } = await startOwnerRecovery(deps, caller, wanted).catch(explain);
    return `Recovery code for ${owner.name} <${owner.email}>, good for one hour and once:

  ${code}

Start Vestibule, choose "I have a reset code" on the sign-in screen, type it and choose a new password. That switches two-step
verification off for this account${wanted.newEmail ? ` and makes ${wanted.newEmail} its address` : ''}. Everyone in the workspace is told by mail when
Vestibule runs again.
`;
  } finally {
    await store.close();
    lock.release();
  }
}

function explain(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  if (error.code === 'invalidInput') throw new Error('That is no email address: --new-email name@example.org.');
  if (error.code === 'emailTaken') throw new Error('Somebody in the workspace has that new address already.');
  throw new Error('There is no such owner, or several: name one with --email ADDRESS.');
}

function fail(error: unknown, status: 1 | 2): never {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exit(status);
}
