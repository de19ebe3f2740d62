import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { done } from '../../domain/errors.ts';
import type { Policy } from '../../domain/policy.ts';
import { decideChange, describeChange, requiredSinceOf } from '../../domain/policy-change.ts';
import type { Deps } from '../../ports/deps.ts';
import { JOBS_TOPIC } from '../jobs/run-jobs.ts';
import { endInstructions, startInstructions } from '../jobs/start-instructions.ts';
import { meansIn, type Proof } from '../two-step/step-up.ts';
import { type Confirmed, confirmAct } from './confirm-act.ts';

export interface PolicyChange {
  /** Version of the policy the admin looked at. */
  readonly expectedVersion: number;
  readonly policy: Policy;
  readonly proof: Proof;
}

/**
 * Puts another policy in force (R24, R27–R30). Pending sign-ins and trusted devices of the version before are void, sessions
 * go on (R29, S15, S33). When two-step verification becomes required, the letters that tell everybody how to set it up are
 * under way with the same commit (R28); when it no longer is, they end, and who joined too late to have had any time need not
 * enrol more than anybody else (R27).
 * @returns the version in force now
 * @throws {DomainError} see `decideChange` and `confirmAct`
 */
export async function changePolicy(
  deps: Deps,
  by: Actor,
  { expectedVersion, policy, proof }: PolicyChange,
): Promise<Confirmed<{ version: number }>> {
  const changed = await confirmAct(
    deps,
    by,
    proof,
    async (tx, account) => {
      const present = await tx.workspace.policy();
      const decided = decideChange(present, expectedVersion, policy, account);
      return decided.kind === 'refused' ? decided : done({ present, wanted: decided.value });
    },
    async (tx, { present, wanted }, now) => {
      const { version } = await tx.workspace.changePolicy(wanted, requiredSinceOf(present, wanted, now), now);
      const parties = { actorId: by.account.id, targetId: null };
      const detail = { ...meansIn({ proof }), ...describeChange(present.policy, wanted) };
      await tx.audit.append(auditEntry('policyChanged', now, by.caller, parties, detail));
      if (wanted.enforcement !== 'required') {
        await endInstructions(tx, by, now);
        await tx.accounts.forgiveLateJoining();
      } else if (present.policy.enforcement !== 'required') await startInstructions(deps, tx, by, now);
      return { version };
    },
  );
  deps.bell.ring(JOBS_TOPIC);
  return changed;
}
