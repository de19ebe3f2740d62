import { createRequire } from 'node:module';
import type { Blocklist } from '../ports/deps.ts';

/**
 * About 49,000 leaked passwords from zxcvbn-ts, all lower case; compared after NFC and lower-casing.
 * Read at the first question: unpacking them takes longer than the rest of the start, and only setting a
 * password asks.
 */
export function commonPasswords(): Blocklist {
  let common: ReadonlySet<string> | null = null;
  return {
    has(password) {
      common ??= load();
      return common.has(password.normalize('NFC').toLowerCase());
    },
  };
}

function load(): ReadonlySet<string> {
  const require = createRequire(import.meta.url); // a static import would unpack at start, a dynamic one cannot answer at once
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map((password) => password.normalize('NFC').toLowerCase()));
}
