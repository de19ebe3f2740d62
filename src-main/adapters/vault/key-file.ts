import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { KEY_BYTES } from './envelope.ts';
import { VaultUnavailable } from './guard.ts';

const OWNER_ONLY = 0o077;

/**
 * The 32 bytes of a key file; null when there is no such file.
 * @throws {VaultUnavailable} when others may read it, or it is not of that size
 */
export function readKeyFile(file: string): Uint8Array | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return null;
  if (!found.isFile() || found.size !== KEY_BYTES) {
    throw new VaultUnavailable(
      `${file} is not a key file of ${KEY_BYTES} bytes; put the right one back from a backup.`,
    );
  }
  const keepsModes = process.getuid !== undefined; // elsewhere (Windows) the data folder's access list guards it
  if (keepsModes && (found.mode & OWNER_ONLY) !== 0) {
    throw new VaultUnavailable(`${file} may be read by other users of this computer; run: chmod 600 '${file}'`);
  }
  return new Uint8Array(readFileSync(file));
}

/**
 * Creates the key file, readable by its owner only, and gives the key back. It appears whole or not at all, and never
 * replaces another: linking fails where a file is.
 * @throws {VaultUnavailable}
 */
export function createKeyFile(file: string, key: Uint8Array): Uint8Array {
  const draft = `${file}.new`;
  try {
    rmSync(draft, { force: true });
    writeFileSync(draft, key, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, file);
    rmSync(draft);
    flushFolder(dirname(file));
    return key;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : 'unknown error';
    throw new VaultUnavailable(`${basename(file)} cannot be created in ${dirname(file)} (${reason}).`);
  }
}

/** For a vault that another guard keeps now: its key must not lie beside the database any longer. */
export function removeKeyFile(file: string): void {
  const left = [file, `${file}.new`].filter((name) => existsSync(name));
  for (const name of left) rmSync(name);
  if (left.length > 0) flushFolder(dirname(file));
}

/** Makes the change last through a power loss, where folders can be opened for that. */
function flushFolder(folder: string): void {
  if (process.getuid === undefined) return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
