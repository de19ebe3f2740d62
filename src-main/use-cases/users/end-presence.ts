import type { Tx } from '../../ports/store.ts';

/** Inside a transaction: ends what an account has open, be it a session, a half-done sign-in or a code. Gives how many sessions ended. */
export async function endPresence(tx: Tx, accountId: string): Promise<number> {
  await tx.pendingSignIns.removeAllFor(accountId);
  await tx.challenges.voidFor(accountId);
  return tx.sessions.removeAllFor(accountId);
}
