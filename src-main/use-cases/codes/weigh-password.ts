import type { Account, Throttle } from '../../domain/account.ts';
import { countFailure, mayWeighPassword, takeBack } from '../../domain/lockout.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

/** A password about to be weighed, already counted as wrong (S10). */
export interface Reservation {
  readonly account: Account;
  readonly reserved: Throttle;
}

/**
 * Inside a transaction: counts the coming answer as wrong before the slow hash runs, so that parallel guesses
 * cannot outrun the counter and a kill in between forgets no guess. Null when none is weighed any more.
 */
export async function reservePassword(tx: Tx, account: Account, now: Instant): Promise<Reservation | null> {
  if (!mayWeighPassword(account.throttle, now)) return null;
  const reserved = countFailure(account.throttle, now);
  await tx.accounts.change(account.id, { throttle: reserved });
  return { account, reserved };
}

/** Inside a later transaction: the password was right, so its count is taken back. Gives the account as it is now. */
export async function takeBackPassword(tx: Tx, current: Account, { account, reserved }: Reservation): Promise<Account> {
  const throttle = takeBack(current.throttle, account.throttle, reserved);
  await tx.accounts.change(current.id, { throttle });
  return { ...current, throttle };
}

/** Outside any transaction: weighs a password, at the same cost whether or not there is an account to weigh it against (S17). */
export async function weighPassword(
  { passwordHash }: Pick<Deps, 'passwordHash'>,
  reservation: Reservation | null,
  password: string,
): Promise<boolean> {
  const encoded = reservation?.account.passwordHash ?? null;
  if (encoded !== null) return passwordHash.verify(encoded, password);
  await passwordHash.pretend(password);
  return false;
}
