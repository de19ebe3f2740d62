import type { Account } from '../../domain/account.ts';
import { auditEntry, stranger } from '../../domain/audit.ts';
import { parseEmail } from '../../domain/email-address.ts';
import { type Outcome, refused, settle } from '../../domain/errors.ts';
import type { TrustToken } from '../../domain/trusted-device.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { tellOfLock } from '../codes/record-failure.ts';
import { type Reservation, reservePassword, takeBackPassword, weighPassword } from '../codes/weigh-password.ts';
import { letIn, type PasswordAccepted } from './let-in.ts';

/**
 * First step of every sign-in (R14). An unknown address, a wrong password and an account whose lock weighs no more
 * passwords take the same steps and give the same answer (S17, R22).
 * @param held what the carrier is known by as a trusted device (R18)
 * @throws {DomainError} `signInRejected`; only after the right password `suspended`, `addressRefused`, `locked`,
 *   `deadlinePassed`
 */
export async function signInWithPassword(
  deps: Deps,
  caller: Caller,
  { email, password }: { readonly email: string; readonly password: string },
  held: readonly TrustToken[] = [],
): Promise<PasswordAccepted> {
  const now = deps.clock.now();
  const key = parseEmail(email)?.key ?? '';
  const reservation = await deps.store.transaction(async (tx) => {
    const account = await tx.accounts.findByEmailKey(key);
    const reserved = account && (await reservePassword(tx, account, now));
    if (!reserved) await tx.accounts.pretendChange(); // else the disk would tell what the answer does not (S17)
    return reserved;
  });
  const right = await weighPassword(deps, reservation, password);
  const outcome = await deps.store.transaction(async (tx) => {
    const found = await tx.accounts.findByEmailKey(key);
    // A password that was changed while the old one was being weighed admits nobody (S15).
    const unchanged = found !== null && found.passwordHash === reservation?.account.passwordHash;
    if (!right || !reservation || !unchanged) return reject(deps, tx, caller, found, reservation, now);
    return letIn(deps, tx, caller, await takeBackPassword(tx, found, reservation), held, now);
  });
  return settle(outcome);
}

async function reject(
  deps: Deps,
  tx: Tx,
  caller: Caller,
  found: Account | null,
  reservation: Reservation | null,
  now: Instant,
): Promise<Outcome<never>> {
  await tx.audit.append(auditEntry('passwordRejected', now, caller, stranger(found?.id ?? null)));
  if (reservation) await tellOfLock(deps, tx, reservation.account, reservation.reserved, now);
  return refused('signInRejected');
}
