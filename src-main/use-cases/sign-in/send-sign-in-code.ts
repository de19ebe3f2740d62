import { auditEntry, stranger } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import { usableMethods } from '../../domain/sign-in.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { type CodeView, viewCode } from '../codes/code-view.ts';
import { issueCode } from '../codes/issue-code.ts';
import { findPending } from './find-pending.ts';
import { meansOf } from './means-of.ts';

/**
 * Sends a (further) sign-in code by e-mail (R15).
 * @throws {DomainError} `signInExpired`, `methodUnavailable`, `resendTooSoon`, `tooManyCodes`
 */
export async function sendSignInCode(deps: Deps, caller: Caller, token: string | null): Promise<CodeView> {
  const now = deps.clock.now();
  const outcome = await deps.store.transaction(async (tx) => {
    const found = await findPending(tx, token, now);
    const note = (kind: 'codeSent' | 'codeRefused', reason?: string) =>
      tx.audit.append(
        auditEntry(kind, now, caller, stranger(found?.account.id ?? null), {
          purpose: 'signIn',
          method: 'email',
          ...(reason && { reason }),
        }),
      );
    if (!found) {
      await note('codeRefused', 'signInExpired');
      return refused('signInExpired');
    }
    const { account, pending, inForce } = found;
    if (!usableMethods(inForce.policy, account, await meansOf(tx, account.id), now).includes('email')) {
      await note('codeRefused', 'methodUnavailable');
      return refused('methodUnavailable');
    }
    const issued = await issueCode(deps, tx, account, 'signIn', pending.id, now);
    if (issued.kind === 'refused') {
      await note('codeRefused', issued.error.code);
      return issued;
    }
    await note('codeSent');
    return done(await viewCode(tx, issued.value));
  });
  return settle(outcome);
}
