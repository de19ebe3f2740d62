import { auditEntry, stranger } from '../../domain/audit.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { findPending } from './find-pending.ts';

/** Gives a pending sign-in up; its codes open nothing any more. Nothing to give up is no error. */
export async function cancelSignIn({ store, clock }: Deps, caller: Caller, token: string | null): Promise<void> {
  const now = clock.now();
  await store.transaction(async (tx) => {
    const found = await findPending(tx, token, now);
    if (!found || !(await tx.pendingSignIns.remove(found.pending.id))) return;
    await tx.audit.append(auditEntry('signInCancelled', now, caller, stranger(found.account.id)));
  });
}
