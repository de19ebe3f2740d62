import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { DomainError, done, refused, settle } from '../../domain/errors.ts';
import { isLocked } from '../../domain/lockout.ts';
import { whyUnfit } from '../../domain/password.ts';
import type { Deps } from '../../ports/deps.ts';
import { tellOfLock } from '../codes/record-failure.ts';
import { reservePassword, takeBackPassword, weighPassword } from '../codes/weigh-password.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { stillStands } from '../sessions/authenticate.ts';
import { startNewEpoch } from '../sessions/start-new-epoch.ts';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
}

/**
 * Changes one's own password (R7); other sessions and everything begun under the old one end (S15, S27). Gives the
 * acting session's new token.
 * @throws {DomainError} `invalidInput`, `currentPasswordRejected`, `passwordUnfit`, `locked`, `notSignedIn`
 */
export async function changePassword(deps: Deps, by: Actor, change: PasswordChange): Promise<string> {
  const { store, clock, passwordHash, blocklist, bell } = deps;
  const { caller, session } = by;
  if (change.newPassword !== change.confirmPassword) {
    throw new DomainError('invalidInput', { fields: { confirmPassword: 'The two passwords differ.' } });
  }
  const now = clock.now();
  const { reservation, workspace } = await store.transaction(async (tx) => {
    const account = await tx.accounts.find(by.account.id);
    const permitted = account && account.epoch === session.epoch && !isLocked(account.throttle, now);
    return {
      reservation: permitted ? await reservePassword(tx, account, now) : null,
      workspace: (await tx.workspace.find())?.name ?? '',
    };
  });
  const right = await weighPassword(deps, reservation, change.currentPassword);
  const personal = [by.account.email, by.account.name, workspace];
  const unfit =
    change.newPassword === change.currentPassword
      ? 'same'
      : whyUnfit(change.newPassword, { personal, isCommon: (password) => blocklist.has(password) });
  const hash = right && !unfit ? await passwordHash.hash(change.newPassword, 'password') : null;

  const outcome = await store.transaction(async (tx) => {
    const refuse = async (kind: 'stepUpRejected' | 'passwordUnfit', reason: string) =>
      tx.audit.append(auditEntry(kind, now, caller, oneself(by.account.id), { reason }));
    const current = await tx.accounts.find(by.account.id);
    // Taken back, not cleared: what wrong codes counted stays until a full sign-in (S11).
    const account = current && reservation && right ? await takeBackPassword(tx, current, reservation) : current;
    if (!account || !(await stillStands(tx, session))) {
      await refuse('stepUpRejected', 'notSignedIn');
      return refused('notSignedIn');
    }
    if (!reservation) {
      await refuse('stepUpRejected', 'locked');
      return refused('locked', { until: account.throttle.lockedUntil });
    }
    if (!right) {
      await refuse('stepUpRejected', 'currentPasswordRejected');
      await tellOfLock(deps, tx, reservation.account, reservation.reserved, now);
      return refused('currentPasswordRejected');
    }
    if (hash === null) {
      await refuse('passwordUnfit', unfit ?? 'same');
      return refused('passwordUnfit', { reason: unfit ?? 'same' });
    }
    const token = await startNewEpoch(deps, tx, account, by, { passwordHash: hash, passwordChangedAt: now });
    await enqueueLetter(deps, tx, account, { kind: 'passwordChanged', at: now, client: caller.client }, now);
    await tx.audit.append(auditEntry('passwordChanged', now, caller, oneself(account.id)));
    return done(token);
  });
  bell.ring(`session:${by.account.id}`);
  return settle(outcome);
}
