import type { Account, Throttle } from '../../domain/account.ts';
import { countFailure } from '../../domain/lockout.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';

/** Inside a transaction: one more wrong answer on the account's counter; the owner is told when it locks (R42, S11). */
export async function recordFailure(
  deps: Pick<Deps, 'vault' | 'random'>,
  tx: Tx,
  account: Account,
  now: Instant,
): Promise<Throttle> {
  const throttle = countFailure(account.throttle, now);
  await tx.accounts.change(account.id, { throttle });
  await tellOfLock(deps, tx, account, throttle, now);
  return throttle;
}

/** Inside a transaction: writes to the owner when `throttle` has just locked the account. */
export async function tellOfLock(
  deps: Pick<Deps, 'vault' | 'random'>,
  tx: Tx,
  account: Account,
  throttle: Throttle,
  now: Instant,
): Promise<void> {
  if (throttle.lockedUntil <= account.throttle.lockedUntil || throttle.lockedUntil <= now) return;
  await enqueueLetter(deps, tx, account, { kind: 'accountLocked', at: now, until: throttle.lockedUntil }, now);
}
