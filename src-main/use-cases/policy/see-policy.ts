import type { Actor } from '../../domain/actor.ts';
import { type Policy, WORKING_METHODS } from '../../domain/policy.ts';
import { may } from '../../domain/role.ts';
import type { Instant, Method } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';

/** The policy in force, as an admin sees it. */
export interface PolicyView {
  readonly version: number;
  readonly policy: Policy;
  readonly requiredSince: Instant | null;
  /** Methods that this version can enrol and ask for. */
  readonly working: readonly Method[];
  readonly canChange: boolean;
  readonly ownTwoStep: 'off' | 'active';
  /** Of those who can sign in: joined, neither suspended nor deleted. */
  readonly counts: { readonly total: number; readonly active: number; readonly off: number };
  /** When text messages were last asked for (R33). */
  readonly smsRequestedAt: Instant | null;
  readonly now: Instant;
}

export async function seePolicy({ store, clock }: Pick<Deps, 'store' | 'clock'>, by: Actor): Promise<PolicyView> {
  return store.read(async (tx) => {
    const { total, active } = await tx.impact.standing();
    return {
      ...(await tx.workspace.policy()),
      working: WORKING_METHODS,
      canChange: may((await tx.roles.matrix())[by.account.role], 'generalSettings', 'manage'),
      ownTwoStep: by.account.twoStep,
      counts: { total, active, off: total - active },
      smsRequestedAt: await tx.audit.smsRequestedAt(),
      now: clock.now(),
    };
  });
}
