import { auditEntry } from '../../domain/audit.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { noteDoubt } from './note-doubt.ts';

/**
 * Sets the clock by what is on record, before anything else is done by it: the newest entry is its mark, and a doubt that
 * nobody has accepted goes on. A clock behind the mark ends what was open: how much longer it was, nobody knows (S37); that
 * is on record where there was anything.
 */
export async function startClock({ store, clock }: Pick<Deps, 'store' | 'clock'>, caller: Caller): Promise<void> {
  const { latest, doubt } = await store.read(async (tx) => {
    return { latest: await tx.audit.latestAt(), doubt: await tx.audit.latestOf(['clockDoubted', 'clockAccepted']) };
  });
  clock.raise(latest ?? 0);
  if (doubt?.kind === 'clockDoubted') clock.doubt();
  if (clock.isWrong()) await store.transaction((tx) => endEverything(tx, caller, clock.now()));
  if (clock.isDoubted()) await store.transaction((tx) => noteDoubt(tx, caller, clock.now()));
}

async function endEverything(tx: Tx, caller: Caller, now: Instant): Promise<void> {
  const count = await tx.sessions.removeAll();
  if (count === 0) return;
  const detail = { reason: 'clockWrong', count };
  await tx.audit.append(auditEntry('sessionEnded', now, caller, { actorId: null, targetId: null }, detail));
}
