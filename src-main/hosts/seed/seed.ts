import { readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { argon2Hash } from '../../adapters/argon2-hash.ts';
import { lockFolder } from '../../adapters/sqlite/folder-lock.ts';
import { openSqliteStore } from '../../adapters/sqlite/open-store.ts';
import { systemClock, systemRandom } from '../../adapters/system-ambient.ts';
import { openKeyFileVault } from '../../adapters/vault/key-file-vault.ts';
import { type SeededOwner, seedWorkspace } from '../../use-cases/set-up/seed-workspace.ts';
import { oneLine } from '../claim-folder.ts';
import { openDataFolder } from '../data-folder.ts';
import { OptionError } from '../options.ts';

const KNOWN = '--users N, --data DIR';
const MOST = 2_000_000;

export interface SeedOptions {
  readonly users: number;
  /** Absolute. */
  readonly data: string;
}

/** Prints `owner EMAIL PASSWORD`, and nothing else. Ends with 2 for wrong options, 1 for a folder it cannot have, each with one line. */
export async function seed(args: readonly string[], workingFolder: string): Promise<void> {
  try {
    const { email, password } = await makeSeeded(readSeedOptions(args, workingFolder));
    process.stdout.write(`owner ${email} ${password}\n`);
  } catch (error) {
    process.stderr.write(`${oneLine(error)}\n`);
    process.exitCode = error instanceof OptionError ? 2 : 1;
  }
}

/** @throws {OptionError} */
export function readSeedOptions(args: readonly string[], workingFolder: string): SeedOptions {
  const options = { users: { type: 'string' }, data: { type: 'string' } } as const;
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new OptionError(`Unexpected argument: ${token.value}. Options: ${KNOWN}.`);
    if (token.kind === 'option-terminator') continue;
    if (!Object.hasOwn(options, token.name))
      throw new OptionError(`Unknown option ${token.rawName}. Options: ${KNOWN}.`);
    if (!token.value || (!token.inlineValue && token.value.startsWith('-')))
      throw new OptionError(`${token.rawName} needs a value.`);
    given.set(token.name, token.value);
  }
  const [users, data] = [given.get('users'), given.get('data')];
  if (users === undefined) throw new OptionError('Say how many people: --users N.');
  if (data === undefined) throw new OptionError('Say which new folder to fill: --data DIR.');
  const count = /^\d{1,7}$/.test(users) ? Number(users) : Number.NaN;
  if (!(count >= 1 && count <= MOST)) {
    throw new OptionError(`--users is a whole number from 1 to ${MOST}, not: ${users}`);
  }
  return { users: count, data: isAbsolute(data) ? data : resolve(workingFolder, data) };
}

/** Fills a new folder; one that is there already must be empty. @throws {Error} one sentence */
export async function makeSeeded({ users, data }: SeedOptions): Promise<SeededOwner> {
  const folder = openDataFolder(data);
  if (readdirSync(folder.path).length > 0) {
    throw new Error(`The data folder ${data} is not empty; choose a new one with --data.`);
  }
  const lock = lockFolder(folder.path);
  if (!lock) throw new Error(`The data folder ${data} is in use; choose a new one with --data.`);
  const within = (...names: string[]) => join(folder.path, ...names);
  const clock = systemClock();
  const store = await openSqliteStore({
    file: within('vestibule.db'),
    backupsFolder: within('backups'),
    now: clock.now,
  });
  try {
    const parts = { keys: store.vaultKeys, random: systemRandom, now: clock.now };
    const vault = await openKeyFileVault({ ...parts, file: within('vault.key') });
    await store.sealRows(vault.rowSeal);
    const passwordHash = argon2Hash(vault.pepper);
    const deps = { store, clock, random: systemRandom, passwordHash, blocklist: { has: () => false } };
    return await seedWorkspace(deps, { surface: 'desktop', addresses: [], client: 'Command line' }, users);
  } finally {
    await store.close();
    lock.release();
  }
}
