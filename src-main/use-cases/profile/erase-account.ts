import type { Account } from '../../domain/account.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';

const DELETED = 'Deleted account';

/**
 * Inside a transaction: takes away all that an account can be known or opened by. The id stays, so that the audit log keeps its
 * meaning without a name, and the address may be used again. To be put on record by the caller.
 */
export async function eraseAccount(tx: Tx, { id, epoch }: Account, now: Instant): Promise<void> {
  await tx.factors.removeAllFor(id);
  await tx.recoveryCodes.removeAllFor(id);
  await tx.sessions.removeAllFor(id);
  await tx.trustedDevices.removeAllFor(id);
  await tx.pendingSignIns.removeAllFor(id);
  await tx.challenges.voidFor(id);
  for (const purpose of ['resetPassword', 'undoEmailChange', 'recoverOwner', 'invitation'] as const) {
    await tx.oneTimeCodes.voidFor(id, purpose);
  }
  await tx.accounts.change(id, {
    name: DELETED,
    email: '',
    emailKey: `deleted ${id}`,
    role: 'member',
    phone: null,
    allowlist: [],
    passwordHash: null,
    twoStep: 'off',
    epoch: epoch + 1,
    deletedAt: now,
  });
}
