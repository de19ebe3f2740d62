import type { Random } from '../../ports/ambient.ts';
import { EnvelopeRejected, KEY_BYTES } from './envelope.ts';
import { type Guard, openDataKey, sealDataKey, VaultUnavailable } from './guard.ts';
import { createKeyFile, readKeyFile } from './key-file.ts';
import { type OpenVault, openVault, type VaultParts } from './open-vault.ts';

/** The vault that a key file guards. @param file path of `vault.key`; made for a new workspace @throws {VaultUnavailable} */
export function openKeyFileVault({ file, ...parts }: VaultParts & { readonly file: string }): Promise<OpenVault> {
  return openVault(keyFileGuard(file, parts.random), parts);
}

/** 32 bytes in a file that its owner alone can read. */
export function keyFileGuard(file: string, random: Random): Guard {
  return {
    kind: 'keyFile',

    // What is wrapped here first has nothing sealed under another: a file that lies ready is as good as a new one.
    async wrap(dataKey, kid) {
      const key = readKeyFile(file) ?? createKeyFile(file, random.bytes(KEY_BYTES));
      return sealDataKey(key, dataKey, { kid, guard: 'keyFile', random });
    },

    async unwrap(wrapped, kid) {
      const key = readKeyFile(file);
      if (!key) {
        throw new VaultUnavailable(
          `${file} is missing, and this workspace cannot be read without it; put it back from a backup.`,
        );
      }
      try {
        return { dataKey: openDataKey(key, wrapped, kid), stale: false };
      } catch (error) {
        if (!(error instanceof EnvelopeRejected)) throw error;
        throw new VaultUnavailable(`${file} is not the key of this workspace; put the right one back from a backup.`);
      }
    },
  };
}
