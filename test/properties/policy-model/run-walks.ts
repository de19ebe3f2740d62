import fc from 'fast-check';
import { expect } from 'vitest';
import { verifyChain } from '../../../src-main/domain/audit-chain.ts';
import { INTERRUPT_AFTER, walksOf } from '../sign-in-model/run-walks.ts';
import type { Command, Rules } from './step.ts';
import { lastly, walks } from './walk.ts';
import { KEYS } from './who.ts';
import { WorkspaceRules } from './workspace-rules.ts';
import { World } from './world.ts';

/** Commands at most; many are journeys of several steps: some 60 a walk on average. */
const LENGTH = 45;

/** The same walks at each run, so that what fails is a change's doing; `WALK_SEED=7` takes others, for a night. */
const SEED = Number(process.env.WALK_SEED ?? 22_112_026);

/** Nobody enrolled is locked out: with locks and caps outwaited, each is in at one of the seats they may sign in from. */
async function everybodyGetsIn(rules: Rules, world: World): Promise<void> {
  for (const command of lastly()) {
    if (!command.check(rules)) continue;
    await command.run(rules, world);
    const key = KEYS.find((each) => String(command).includes(`${each} signs in`));
    const someone = key && rules.who(key);
    if (!someone?.twoStep || someone.suspended) continue;
    const seat = someone.limitedTo === 'away' ? 3 : 0;
    if (String(command).includes(`signs in at ${seat}`)) expect([key, rules.fullAt(seat)?.who]).toEqual([key, key]);
  }
}

/** This file's share of the walks, each in a workspace of its own after the same first steps. Gives what was walked. */
export async function runWalks(first: readonly Command[]): Promise<{ walks: number; steps: number }> {
  const prepared = await World.prepare();
  const walked = { walks: 0, steps: 0 };
  await fc.assert(
    fc.asyncProperty(walks(LENGTH), async (commands) => {
      const world = await World.copyOf(prepared);
      const rules = new WorkspaceRules(world.clock.now());
      try {
        for (const command of first) await command.run(rules, world);
        await fc.asyncModelRun(() => ({ model: rules, real: world }), commands);
        await everybodyGetsIn(rules, world);
        expect(verifyChain(await world.engine.read((tx) => tx.audit.list(0, 10_000)))).toBeNull();
      } finally {
        walked.walks += 1;
        walked.steps += rules.steps;
        await world.close();
      }
    }),
    {
      seed: SEED,
      numRuns: walksOf(1 / 4),
      interruptAfterTimeLimit: INTERRUPT_AFTER,
      markInterruptAsFailure: true,
    },
  );
  return walked;
}
