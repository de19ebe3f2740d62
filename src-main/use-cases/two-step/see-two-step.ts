import type { Actor } from '../../domain/actor.ts';
import { enrollableMethods, type MethodState, type Policy } from '../../domain/policy.ts';
import { RECOVERY_CODES_LOW } from '../../domain/recovery-codes.ts';
import type { Instant, Method } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { type CodeView, viewCode } from '../codes/code-view.ts';
import { mayDisable } from './may-disable.ts';

/** What the profile's Security region shows (R4, R5, R13). */
export interface TwoStepView {
  readonly state: 'off' | 'active';
  readonly methods: readonly {
    readonly id: string;
    readonly method: Method;
    readonly name: string;
    readonly address: string;
    readonly createdAt: Instant;
    readonly lastUsedAt: Instant | null;
    readonly preferred: boolean;
    /** What policy makes of the method now: a legacy one is kept, and another urged (R34). */
    readonly state: MethodState;
  }[];
  /** `low`: three or fewer left (R4). */
  readonly recoveryCodes: { readonly left: number; readonly total: number; readonly low: boolean };
  /** Methods that can be enrolled now. */
  readonly available: readonly Method[];
  readonly enforcement: Policy['enforcement'];
  /** What becomes of one's other sessions when one enrols (R6). */
  readonly onEnrol: Policy['onEnrol'];
  /** Whether enforcement leaves it to this person (R30). */
  readonly mayDisable: boolean;
}

export async function seeTwoStep(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { account }: Actor,
): Promise<TwoStepView> {
  return store.read(async (tx) => {
    const factors = await tx.factors.listFor(account.id);
    const counts = await tx.recoveryCodes.counts(account.id);
    const { policy } = await tx.workspace.policy();
    const active = account.twoStep === 'active';
    return {
      state: account.twoStep,
      methods: factors.map(({ accountId: _, ...factor }) => ({
        ...factor,
        address: account.email,
        state: policy.methods[factor.method],
      })),
      recoveryCodes: { ...counts, low: active && counts.left <= RECOVERY_CODES_LOW },
      available: policy.enforcement === 'off' ? [] : enrollableMethods(policy),
      enforcement: policy.enforcement,
      onEnrol: policy.onEnrol,
      mayDisable: await mayDisable(tx, account, clock.now()),
    };
  });
}

/** The state of a code that was sent to oneself; null for one that is over or somebody else's. */
export async function seeCode(
  { store }: Pick<Deps, 'store'>,
  { account, session }: Actor,
  challengeId: string,
): Promise<CodeView | null> {
  return store.read(async (tx) => {
    const challenge = await tx.challenges.find(challengeId);
    const own = challenge?.accountId === account.id && challenge.boundTo === session.id;
    return challenge && own ? viewCode(tx, challenge) : null;
  });
}
