import type { Actor } from '../../src-main/domain/actor.ts';
import type { Policy } from '../../src-main/domain/policy.ts';
import { changePolicy } from '../../src-main/use-cases/policy/change-policy.ts';
import { sendPolicyCode } from '../../src-main/use-cases/policy/confirm-act.ts';
import { authenticate } from '../../src-main/use-cases/sessions/authenticate.ts';
import { type BenchEngine, CALLER } from './engine.ts';
import { type Figure, inTurn, ratioFigure } from './figures.ts';
import { signIn } from './sign-in.ts';
import { fail } from './store-figures.ts';

const ROUNDS = 9;
const CHANGES = 20;

/** A change of policy with its code, in a large workspace and in a small one: what it costs must not depend on how many are asked. */
export async function policyFigures(large: BenchEngine, small: BenchEngine, size: string): Promise<Figure[]> {
  const [ours, theirs] = [await adminOf(large), await adminOf(small)];
  const figures: Figure[] = [];
  for (const [name, wanted] of CHANGE_OF) {
    const rounds = await inTurn(
      ROUNDS,
      () => ours(wanted),
      () => theirs(wanted),
    );
    figures.push(ratioFigure(`${name}, ${size} people`, 'among 1,000', rounds, 1.5));
  }
  return figures;
}

/** Back and forth: every second change undoes the one before. */
const CHANGE_OF: readonly [string, (before: Policy) => Policy][] = [
  ['policy change', (before) => ({ ...before, trust: before.trust === '7d' ? '1d' : '7d' })],
  [
    'two-step verification made mandatory, and not',
    (before) => ({ ...before, enforcement: before.enforcement === 'required' ? 'optional' : 'required' }),
  ],
];

/** The owner, enrolled and signed in. Gives what times one change, its code asked for beforehand. */
async function adminOf(engine: BenchEngine): Promise<(wanted: (before: Policy) => Policy) => Promise<number>> {
  const { deps } = engine;
  const now = deps.clock.now();
  const owner = await deps.store.transaction(async (tx) => {
    const account = (await tx.accounts.findByEmailKey('ada@example.org')) ?? fail('no owner');
    if (account.twoStep === 'active') return account;
    const factor = { id: deps.random.id(), accountId: account.id, method: 'email', name: 'Email' } as const;
    await tx.accounts.change(account.id, { twoStep: 'active' });
    await tx.factors.add({ ...factor, preferred: true, createdAt: now, lastUsedAt: null });
    return account;
  });
  let token = await signIn({ ...engine, accounts: [owner] }, 0);

  async function changeOnce(wanted: (before: Policy) => Policy): Promise<number> {
    const actor: Actor = (await authenticate(deps, CALLER, token)) ?? fail('no session');
    const { challengeId } = await sendPolicyCode(deps, actor);
    const present = await deps.store.read((tx) => tx.workspace.policy());
    const proof = { method: 'email', challengeId, code: engine.lastCode() } as const;
    const change = { expectedVersion: present.version, policy: wanted(present.policy), proof };
    const start = performance.now();
    const changed = await changePolicy(deps, actor, change);
    const took = performance.now() - start;
    if (changed.value.version === present.version) fail('no change');
    token = changed.token;
    return took;
  }

  return async (wanted) => {
    let sum = 0;
    for (let index = 0; index < CHANGES; index += 1) sum += await changeOnce(wanted);
    return sum / CHANGES;
  };
}
