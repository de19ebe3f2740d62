import type { Means } from '../../domain/sign-in.ts';
import type { Tx } from '../../ports/store.ts';

/** What an account has at hand to prove itself with. */
export async function meansOf(tx: Tx, accountId: string): Promise<Means> {
  const factors = await tx.factors.listFor(accountId);
  const { left } = await tx.recoveryCodes.counts(accountId);
  return { factors, recoveryCodesLeft: left };
}
