import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { admits } from '../../domain/ip-allowlist.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import { enrollableMethods, type Policy } from '../../domain/policy.ts';
import { limitsFor } from '../../domain/session.ts';
import { mayEditTwoStep } from '../../domain/sign-in.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { type CodeAnswer, weighAnswer } from '../codes/answer-code.ts';
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
 * enrolled (S25). Other sessions end unless policy keeps them. A session that was opened for enrolling becomes a full one:
 * password and code are proven by now (R26, S24).
 * @throws {DomainError} `surfaceForbidden` (R1), `twoStepAlreadyActive`, `addressRefused`, `twoStepDisabledByPolicy`,
 *   `methodUnavailable`, `codeRejected`, `challengeBurnt`, `challengeExpired`, `locked`
 */
export async function enableTwoStep(deps: Deps, by: Actor, answer: CodeAnswer): Promise<RecoveryCodesShown> {
  const now = deps.clock.now();
  // A wrong code is told apart before ten recovery codes are hashed for it.
  settle(await deps.store.transaction((tx) => decide(deps, tx, by, answer, now)));
  const codes = await drawNewRecoveryCodes(deps);
  const outcome = await deps.store.transaction(async (tx) => {
    const { caller } = by;
    const decided = await decide(deps, tx, by, answer, now);
    if (decided.kind === 'refused') return decided;
    const { account, policy } = decided.value;
    if (!(await tx.challenges.redeem(answer.challengeId))) return refused('challengeExpired');
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
    const change = { twoStep: 'active', mustEnrolSince: null } as const;
    const isEnrolling = by.session.scope === 'enrolOnly';
    const token = await startNewEpoch(
      deps,
      tx,
      account,
      by,
      isEnrolling ? { ...change, throttle: NO_FAILURES } : change,
      others,
    );
    if (isEnrolling) {
      await tx.sessions.promote(by.session.id, 'email', now, by.session.createdAt + limitsFor(account.role).absolute);
    }
    await enqueueLetter(deps, tx, account, { kind: 'twoStepEnabled', at: now, client: caller.client }, now);
    await tx.audit.append(auditEntry('twoStepEnabled', now, caller, oneself(account.id), { method: 'email' }));
    return done({ recoveryCodes: codes.shown, token });
  });
  deps.bell.ring(`session:${by.account.id}`);
  return settle(outcome);
}

/** Inside a transaction: whether this may be enabled now, and the code is right; a refusal is put on record. */
async function decide(
  deps: Deps,
  tx: Tx,
  { caller, session, account: { id } }: Actor,
  answer: CodeAnswer,
  now: Instant,
): Promise<Outcome<{ readonly account: Account; readonly policy: Policy }>> {
  const account = await tx.accounts.find(id);
  const { policy } = await tx.workspace.policy();
  const weigh = async () => {
    if (!mayEditTwoStep(caller.surface)) return refused('surfaceForbidden');
    if (!account || !(await stillStands(tx, session))) return refused('notSignedIn');
    if (account.twoStep === 'active') return refused('twoStepAlreadyActive');
    // The end of a sign-in, for which a limit counts that came in between (S3, R20).
    if (session.scope === 'enrolOnly' && !admits(account.allowlist, caller.addresses)) {
      return refused('addressRefused', { addresses: caller.addresses });
    }
    if (policy.enforcement === 'off') return refused('twoStepDisabledByPolicy');
    if (!enrollableMethods(policy).includes('email')) return refused('methodUnavailable');
    const weighed = await weighAnswer(deps, tx, account, { purpose: 'enable', boundTo: session.id }, answer, now);
    return weighed.kind === 'refused' ? weighed : done({ account, policy });
  };
  const outcome = await weigh();
  if (outcome.kind === 'refused') {
    const reason = outcome.error.code;
    const kind = reason === 'surfaceForbidden' ? 'surfaceRefused' : 'codeRejected';
    await tx.audit.append(auditEntry(kind, now, caller, oneself(id), { purpose: 'enable', reason }));
  }
  return outcome;
}
