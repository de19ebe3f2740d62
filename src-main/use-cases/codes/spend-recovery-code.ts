import type { Account } from '../../domain/account.ts';
import type { RecoveryCodeParts } from '../../domain/recovery-codes.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecoveryCode, Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';

/** Outside any transaction: compares at the same cost whether or not there is such a code (S17). */
export async function weighRecoveryCode(
  { passwordHash }: Pick<Deps, 'passwordHash'>,
  stored: RecoveryCode | null,
  typed: RecoveryCodeParts | null,
): Promise<boolean> {
  if (stored && typed) return passwordHash.verify(stored.hash, typed.secret);
  await passwordHash.pretend(typed?.secret ?? '', 'recoveryCode');
  return false;
}

/** Inside a transaction: uses a code up, one winner (S9), and tells its owner (S30). Gives how many are left; null when it was used already. */
export async function spendRecoveryCode(
  deps: Pick<Deps, 'vault' | 'random'>,
  tx: Tx,
  account: Account,
  caller: Caller,
  code: RecoveryCode,
  now: Instant,
): Promise<number | null> {
  if (!(await tx.recoveryCodes.consume(account.id, code.selector, now))) return null;
  const { left } = await tx.recoveryCodes.counts(account.id);
  await enqueueLetter(deps, tx, account, { kind: 'recoveryCodeUsed', at: now, client: caller.client, left }, now);
  return left;
}
