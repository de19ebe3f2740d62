import { auditEntry, stranger } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import { isLocked } from '../../domain/lockout.ts';
import { RECOVERY_TRIES, readRecoveryCode } from '../../domain/recovery-codes.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { recordFailure } from '../codes/record-failure.ts';
import { spendRecoveryCode, weighRecoveryCode } from '../codes/spend-recovery-code.ts';
import { findPending } from './find-pending.ts';
import { finishSignIn, foresee } from './finish-sign-in.ts';

export interface RecoveryCodeAccepted {
  readonly token: string;
  readonly recoveryCodesLeft: number;
}

/**
 * Answers the second step with a recovery code (R4, R12, S9, S30). It works during a lock too: nobody guesses 80
 * bits (R42). Each try is counted before its slow hash runs (S10).
 * @throws {DomainError} `signInExpired`, `recoveryCodeRejected`, `addressRefused`
 */
export async function proveRecoveryCode(
  deps: Deps,
  caller: Caller,
  token: string | null,
  input: unknown,
): Promise<RecoveryCodeAccepted> {
  const now = deps.clock.now();
  const typed = readRecoveryCode(input);
  const stored = await deps.store.transaction(async (tx) => {
    const found = await findPending(tx, token, now);
    const tries = found && (await tx.pendingSignIns.countRecoveryTry(found.pending.id));
    if (!found || tries === null || tries > RECOVERY_TRIES) return null;
    return typed && tx.recoveryCodes.findUnused(found.account.id, typed.selector);
  });
  const right = await weighRecoveryCode(deps, stored, typed);
  const outcome = await deps.store.transaction(async (tx) => {
    const found = await findPending(tx, token, now);
    const refuse = (reason: string) =>
      tx.audit.append(
        auditEntry('recoveryCodeRejected', now, caller, stranger(found?.account.id ?? null), {
          purpose: 'signIn',
          reason,
        }),
      );
    if (!found) {
      await refuse('signInExpired');
      return refused('signInExpired');
    }
    const { pending, account } = found;
    const prospect = await foresee(deps, tx, found, caller, now);
    if (prospect.kind === 'refused') return prospect;
    const left = right && stored ? await spendRecoveryCode(deps, tx, account, caller, stored, now) : null;
    if (left === null) {
      if (!isLocked(account.throttle, now)) await recordFailure(deps, tx, account, now);
      await refuse('recoveryCodeRejected');
      return refused('recoveryCodeRejected', { triesLeft: Math.max(0, RECOVERY_TRIES - pending.recoveryTries) });
    }
    const session = await finishSignIn(deps, tx, found, caller, prospect.value, 'recoveryCode', now);
    return session ? done({ token: session, recoveryCodesLeft: left }) : refused('signInExpired');
  });
  return settle(outcome);
}
