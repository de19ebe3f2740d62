import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What one runner has to say at its end; `scripts/test.mjs` adds them up. */
export interface Tally {
  readonly passed: number;
  /** Names, so that the end of a long log tells what to look for. */
  readonly failed: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

export const NO_REASON = 'no reason given';

/** Written only when asked for, so that a runner started by hand leaves nothing behind. */
export function writeTally(tally: Tally): void {
  const file = process.env.TALLY_FILE;
  if (!file) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(tally));
}
