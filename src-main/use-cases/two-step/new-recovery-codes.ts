import { drawRecoveryCodes, formatRecoveryCode } from '../../domain/recovery-codes.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecoveryCode } from '../../ports/store.ts';

export interface NewRecoveryCodes {
  /** To be shown once (R3). */
  readonly shown: readonly string[];
  /** To be stored: hashes only (R10). */
  readonly stored: readonly RecoveryCode[];
}

/** Outside any transaction: draws and hashes a fresh set; ten slow hashes, side by side. */
export async function drawNewRecoveryCodes({
  random,
  passwordHash,
}: Pick<Deps, 'random' | 'passwordHash'>): Promise<NewRecoveryCodes> {
  const codes = drawRecoveryCodes((bound) => random.below(bound));
  const stored = await Promise.all(
    codes.map(async ({ selector, secret }) => ({ selector, hash: await passwordHash.hash(secret, 'recoveryCode') })),
  );
  return { shown: codes.map(formatRecoveryCode), stored };
}
