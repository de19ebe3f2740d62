import type { Account } from '../../domain/account.ts';
import { auditEntry, stranger } from '../../domain/audit.ts';
import { parseEmail } from '../../domain/email-address.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import { PENDING_LIFETIME } from '../../domain/session.ts';
import { decideSignIn } from '../../domain/sign-in.ts';
import { hashToken } from '../../domain/token.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { issueCode } from '../codes/issue-code.ts';
import { tellOfLock } from '../codes/record-failure.ts';
import { type Reservation, reservePassword, takeBackPassword, weighPassword } from '../codes/weigh-password.ts';
import { openSession } from '../sessions/open-session.ts';
import { meansOf } from './means-of.ts';

/** Where an accepted password leads; `token` is for the carrier (cookie or host jar) alone. */
export type PasswordAccepted =
  | { readonly next: 'signedIn'; readonly token: string }
  | { readonly next: 'secondStep'; readonly token: string };

/**
 * First step of every sign-in (R14). An unknown address, a wrong password and an account whose lock weighs no more
 * passwords take the same steps and give the same answer (S17, R22).
 * @throws {DomainError} `signInRejected`; `locked` only after the right password
 */
export async function signInWithPassword(
  deps: Deps,
  caller: Caller,
  { email, password }: { readonly email: string; readonly password: string },
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
    return admit(deps, tx, caller, await takeBackPassword(tx, found, reservation), now);
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

async function admit(
  deps: Deps,
  tx: Tx,
  caller: Caller,
  account: Account,
  now: Instant,
): Promise<Outcome<PasswordAccepted>> {
  const { policy, version } = await tx.workspace.policy();
  const decision = decideSignIn(policy, account, await meansOf(tx, account.id), now);
  if (decision.kind === 'deny') {
    await tx.audit.append(auditEntry('signInLocked', now, caller, stranger(account.id)));
    return refused('locked', { until: decision.until });
  }
  if (decision.kind === 'admit') {
    await tx.accounts.change(account.id, { throttle: NO_FAILURES, lastSignInAt: now });
    await tx.audit.append(auditEntry('signedIn', now, caller, { actorId: account.id, targetId: account.id }));
    return done({ next: 'signedIn', token: await openSession(deps, tx, account, caller, null, now) });
  }
  const id = deps.random.id();
  const token = deps.random.token();
  await tx.pendingSignIns.add({
    id,
    accountId: account.id,
    tokenHash: hashToken(token),
    epoch: account.epoch,
    policyVersion: version,
    surface: caller.surface,
    recoveryTries: 0,
    createdAt: now,
    expiresAt: now + PENDING_LIFETIME,
  });
  await tx.audit.append(auditEntry('passwordAccepted', now, caller, stranger(account.id)));
  if (decision.methods[0] === 'email') {
    // A code over the hourly cap is not sent; the screen then says so and offers the other ways.
    const sent = await issueCode(deps, tx, account, 'signIn', id, now);
    const kind = sent.kind === 'done' ? 'codeSent' : 'codeRefused';
    await tx.audit.append(auditEntry(kind, now, caller, stranger(account.id), { purpose: 'signIn', method: 'email' }));
  }
  return done({ next: 'secondStep', token });
}
