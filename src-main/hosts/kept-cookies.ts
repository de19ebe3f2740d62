import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Vault } from '../ports/vault.ts';

/** What a host's jar keeps over restarts. */
export interface KeptCookies {
  /** Null where nothing was kept, or what was is not of this workspace. */
  read(): string | null;
  write(text: string): void;
}

const PLACE = { table: 'cookies', column: 'kept', row: 'jar', account: '' };

/** In a file that only this workspace's vault opens: behind the keychain where that guards the vault. */
export function keptCookies(file: string, vault: Pick<Vault, 'seal' | 'open'>): KeptCookies {
  return {
    read() {
      try {
        return vault.open(readFileSync(file, 'utf8'), PLACE);
      } catch {
        return null;
      }
    },
    write(text) {
      try {
        writeFileSync(`${file}.new`, vault.seal(text, PLACE), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      } catch {
        // On a full disk they last until the app is closed; the second step is asked again after that.
      }
    },
  };
}
