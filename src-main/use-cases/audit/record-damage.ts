import { auditEntry, type Parties } from '../../domain/audit.ts';
import type { DamagedData } from '../../domain/damaged-data.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';

/** Puts on record that a call was denied over data that is not as it was written (S76). Where even that fails, the log has it. */
export async function recordDamage(
  { store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>,
  caller: Caller,
  parties: Parties,
  { place }: DamagedData,
): Promise<void> {
  const now = clock.now();
  try {
    await store.transaction((tx) =>
      tx.audit.append(auditEntry('damageFound', now, caller, parties, { reason: place })),
    );
  } catch (error) {
    log.error({ place, error }, 'damaged data could not be put on record');
  }
}
