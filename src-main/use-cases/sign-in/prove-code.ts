import { auditEntry, stranger } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { answerCode, type CodeAnswer } from '../codes/answer-code.ts';
import { findPending } from './find-pending.ts';
import { finishSignIn } from './finish-sign-in.ts';

/**
 * Answers the second step with an e-mailed code (R14, R15). Gives the session's token.
 * @throws {DomainError} `signInExpired`, `codeRejected`, `challengeBurnt`, `challengeExpired`, `locked`
 */
export async function proveCode(deps: Deps, caller: Caller, token: string | null, answer: CodeAnswer): Promise<string> {
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
    const { pending, account } = found;
    const weighed = await answerCode(deps, tx, account, { purpose: 'signIn', boundTo: pending.id }, answer, now);
    if (weighed.kind === 'refused') {
      await refuse(weighed.error.code);
      return weighed;
    }
    const session = await finishSignIn(deps, tx, pending, account, caller, 'email', now);
    return session ? done(session) : refused('signInExpired');
  });
  return settle(outcome);
}
