import common from '@zxcvbn-ts/language-common/src/passwords.json' with { type: 'json' };
import type { Blocklist } from '../ports/deps.ts';

/**
 * About 49,000 leaked passwords from zxcvbn-ts, which lists them in lower case and NFC; whatever is asked
 * for is brought to the same form. The index is built at the first question, since start need not wait for it.
 * (The package's own entry would unpack its dictionaries at import, ten times as long.)
 */
export function commonPasswords(): Blocklist {
  let index: ReadonlySet<string> | null = null;
  return {
    has(password) {
      index ??= new Set(common);
      return index.has(password.normalize('NFC').toLowerCase());
    },
  };
}
