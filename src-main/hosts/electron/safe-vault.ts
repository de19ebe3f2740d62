import type { SafeStorage } from 'electron';
import { KEY_BYTES } from '../../adapters/vault/envelope.ts';
import { type Guard, openDataKey, sealDataKey, VaultUnavailable } from '../../adapters/vault/guard.ts';
import type { Random } from '../../ports/ambient.ts';

/** Backends, and on Linux Chromium's mark, of passwords that are the same on every computer. */
const HIDE_NOTHING = ['basic_text', 'unknown', 'v10'];
const UNLOCK = 'unlock it (on Linux GNOME Keyring or KWallet; --password-store names one)';
const UNLOCK_OR_FILE = `${UNLOCK}, or keep the key in a file: --migrate-vault keyFile`;

/** The keychain keeps a key for each data key; our own envelope around that shows when either was changed (S71). */
export function keychainGuard(storage: SafeStorage, platform: NodeJS.Platform, random: Random): Guard {
  const selected = () => (platform === 'linux' ? storage.getSelectedStorageBackend() : platform);
  async function refuseNoKeychain(way: string, backend: string = selected()): Promise<void> {
    if (!HIDE_NOTHING.includes(backend) && (await storage.isAsyncEncryptionAvailable())) return;
    throw new VaultUnavailable(`No keychain here can guard this workspace's keys (${backend}): ${way}.`);
  }

  return {
    kind: 'keychain',

    async wrap(dataKey, kid) {
      await refuseNoKeychain(UNLOCK_OR_FILE);
      const key = random.bytes(KEY_BYTES);
      const kept = await storage.encryptStringAsync(Buffer.from(key).toString('base64url')).catch(refuse);
      if (platform === 'linux') await refuseNoKeychain(UNLOCK_OR_FILE, kept.toString('latin1', 0, 3));
      return `${kept.toString('base64url')}.${sealDataKey(key, dataKey, { kid, guard: 'keychain', random })}`;
    },

    async unwrap(wrapped, kid) {
      await refuseNoKeychain(`${UNLOCK} and start again`);
      const [kept = '', sealed = ''] = wrapped.split('.');
      try {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(kept, 'base64url'));
        return { dataKey: openDataKey(Buffer.from(result, 'base64url'), sealed, kid), stale: shouldReEncrypt };
      } catch (error) {
        return refuse(error);
      }
    },
  };
}

function refuse(cause: unknown): never {
  const way = 'unlock it, and start as the user and on the computer that created the workspace';
  throw new VaultUnavailable(`This computer's keychain does not open this workspace; ${way}.`, cause);
}
