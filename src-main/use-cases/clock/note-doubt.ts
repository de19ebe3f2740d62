import { auditEntry } from '../../domain/audit.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';

/** Inside a transaction: puts on record, once, that time leapt ahead: a restart must not forget it (S37). */
export async function noteDoubt(tx: Tx, caller: Caller, now: Instant): Promise<void> {
  const last = await tx.audit.latestOf(['clockDoubted', 'clockAccepted']);
  if (last?.kind === 'clockDoubted') return;
  await tx.audit.append(auditEntry('clockDoubted', now, caller, { actorId: null, targetId: null }));
}
