import { auditEntry, stranger } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import type { TrustChange, TrustToken } from '../../domain/trusted-device.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { answerCode, type CodeAnswer } from '../codes/answer-code.ts';
import { grantTrust } from '../trust/grant-trust.ts';
import { findPending } from './find-pending.ts';
import { finishSignIn, foresee } from './finish-sign-in.ts';

export interface CodeAccepted {
  readonly token: string;
  /** Null where this computer is not remembered. */
  readonly trust: TrustChange | null;
}

const NOT_REMEMBERED = { remember: false, held: [] };

/**
 * Answers the second step with an e-mailed code (R14, R15).
 * @param remember whether this computer is to be trusted from now on, in place of what it `held` (R18)
 * @throws {DomainError} `signInExpired`, `codeRejected`, `challengeBurnt`, `challengeExpired`, `locked`, `addressRefused`
 */
export async function proveCode(
  deps: Deps,
  caller: Caller,
  token: string | null,
  answer: CodeAnswer,
  { remember, held }: { readonly remember: boolean; readonly held: readonly TrustToken[] } = NOT_REMEMBERED,
): Promise<CodeAccepted> {
  const now = deps.clock.now();
  const outcome = await deps.store.transaction(async (tx) => {
    const found = await findPending(tx, token, now);
    const refuse = (reason: string) =>
      tx.audit.append(
        auditEntry('codeRejected', now, caller, stranger(found?.account.id ?? null), {
          purpose: 'signIn',
          method: 'email',
          reason,
        }),
      );
    if (!found) {
      await refuse('signInExpired');
      return refused('signInExpired');
    }
    const { pending, account, inForce } = found;
    const prospect = await foresee(deps, tx, found, caller, now);
    if (prospect.kind === 'refused') return prospect;
    const weighed = await answerCode(deps, tx, account, { purpose: 'signIn', boundTo: pending.id }, answer, now);
    if (weighed.kind === 'refused') {
      await refuse(weighed.error.code);
      return weighed;
    }
    const session = await finishSignIn(deps, tx, found, caller, prospect.value, 'email', now);
    if (!session) return refused('signInExpired');
    const isFull = prospect.value.scope === 'full';
    const trust = remember && isFull ? await grantTrust(deps, tx, account, caller, inForce, held, now) : null;
    return done({ token: session, trust });
  });
  return settle(outcome);
}
