import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type * as Electron from 'electron';

export type Keychain = ReturnType<typeof fakeKeychain>;

/** safeStorage with a key that only this keychain has. `rotate` makes it ask for encrypting anew. */
export function fakeKeychain() {
  const keys = [randomBytes(32)];
  const sealed = (text: string) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keys.at(-1) as Buffer, nonce);
    cipher.setAAD(Buffer.from(state.mark));
    return Buffer.concat([Buffer.from(state.mark), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  };
  const opened = (bytes: Buffer, key: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(3, 15));
    decipher.setAAD(bytes.subarray(0, 3));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(15, -16)), decipher.final()]).toString();
  };
  const state = {
    backend: 'gnome_libsecret',
    available: true,
    mark: 'v11',
    rotate: () => void keys.push(randomBytes(32)),
    forget: () => void keys.splice(0, keys.length, randomBytes(32)),
    safeStorage: {
      getSelectedStorageBackend: () => state.backend,
      isAsyncEncryptionAvailable: async () => state.available,
      encryptStringAsync: async (text: string) => sealed(text),
      async decryptStringAsync(bytes: Buffer) {
        for (const key of keys) {
          try {
            return { result: opened(bytes, key), shouldReEncrypt: key !== keys.at(-1) };
          } catch {}
        }
        throw new Error('The keychain was not unlocked.');
      },
    } as unknown as Electron.SafeStorage,
  };
  return state;
}
