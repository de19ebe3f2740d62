import { existsSync } from 'node:fs';
import type { Guard } from './guard.ts';
import { removeKeyFile } from './key-file.ts';
import { keyFileGuard } from './key-file-vault.ts';
import { moveVault, type OpenVault, openVault, type VaultParts } from './open-vault.ts';

export interface MovableVaultOptions extends VaultParts {
  readonly keychain: Guard;
  /** Path of `vault.key`, there or not. */
  readonly file: string;
  /** What shall guard the vault from now on; null for what does. */
  readonly moveTo: 'keychain' | 'keyFile' | null;
}

/**
 * Opens a vault behind the guard it has: the keychain for a new one, or a key file where one lies already. Moves it where
 * it is told to; one that was interrupted is finished by being told again.
 * @throws {VaultUnavailable} with the vault as it was
 */
export async function openMovableVault({ keychain, file, moveTo, ...parts }: MovableVaultOptions): Promise<OpenVault> {
  const guards = { keychain, keyFile: keyFileGuard(file, parts.random) };
  const stored = parts.keys.list()[0]?.guard;
  const present = stored ?? moveTo ?? (existsSync(file) ? 'keyFile' : 'keychain');
  const from = guards[present === 'keyFile' ? 'keyFile' : 'keychain'];
  const to = moveTo ? guards[moveTo] : from;
  if (to !== from) await moveVault(from, to, parts.keys);
  const vault = await openVault(to, parts);
  if (stored && moveTo === 'keychain') removeKeyFile(file);
  return vault;
}
