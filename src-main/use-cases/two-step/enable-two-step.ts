import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import { enrollableMethods } from '../../domain/policy.ts';
import { mayEditTwoStep } from '../../domain/sign-in.ts';
import type { Deps } from '../../ports/deps.ts';
import { answerCode, type CodeAnswer } from '../codes/answer-code.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { stillStands } from '../sessions/authenticate.ts';
import { startNewEpoch } from '../sessions/start-new-epoch.ts';
import { drawNewRecoveryCodes } from './new-recovery-codes.ts';

export interface RecoveryCodesShown {
  readonly recoveryCodes: readonly string[];
  /** The acting session goes on under this token (S16). */
  readonly token: string;
}

/**
 * Enables two-step verification with the e-mail factor just proven (R2, R5, R6): until this commits nothing is
 * enrolled (S25). Other sessions end unless policy keeps them.
 * @throws {DomainError} `surfaceForbidden` (R1), `twoStepAlreadyActive`, `methodUnavailable`, `codeRejected`,
 *   `challengeBurnt`, `challengeExpired`, `locked`
 */
export async function enableTwoStep(deps: Deps, by: Actor, answer: CodeAnswer): Promise<RecoveryCodesShown> {
  const now = deps.clock.now();
  const codes = await drawNewRecoveryCodes(deps);
  const outcome = await deps.store.transaction(async (tx) => {
    const { caller, session } = by;
    const account = (await tx.accounts.find(by.account.id)) ?? by.account;
    const { policy } = await tx.workspace.policy();
    const weigh = async () => {
      if (!mayEditTwoStep(caller.surface)) return refused('surfaceForbidden');
      if (!(await stillStands(tx, session))) return refused('notSignedIn');
      if (account.twoStep === 'active') return refused('twoStepAlreadyActive');
      if (!enrollableMethods(policy).includes('email')) return refused('methodUnavailable');
      return answerCode(deps, tx, account, { purpose: 'enable', boundTo: session.id }, answer, now);
    };
    const weighed = await weigh();
    if (weighed.kind === 'refused') {
      const reason = weighed.error.code;
      const kind = reason === 'surfaceForbidden' ? 'surfaceRefused' : 'codeRejected';
      await tx.audit.append(auditEntry(kind, now, caller, oneself(account.id), { purpose: 'enable', reason }));
      return weighed;
    }
    await tx.factors.add({
      id: deps.random.id(),
      accountId: account.id,
      method: 'email',
      name: 'Email',
      preferred: true,
      createdAt: now,
      lastUsedAt: null,
    });
    await tx.recoveryCodes.replaceAll(account.id, codes.stored, now);
    const others = policy.onEnrol === 'keep' ? 'keep' : 'end';
    const token = await startNewEpoch(deps, tx, account, by, { twoStep: 'active' }, others);
    await enqueueLetter(deps, tx, account, { kind: 'twoStepEnabled', at: now, client: caller.client }, now);
    await tx.audit.append(auditEntry('twoStepEnabled', now, caller, oneself(account.id), { method: 'email' }));
    return done({ recoveryCodes: codes.shown, token });
  });
  deps.bell.ring(`session:${by.account.id}`);
  return settle(outcome);
}
