import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyChain } from '../../src-main/domain/audit-chain.ts';
import { Rules } from './sign-in-model/rules.ts';
import { PRELUDE, walks } from './sign-in-model/walk.ts';
import { World } from './sign-in-model/world.ts';

/** After a walk: the audit chain is whole, and every sign-in stands in it once. */
async function auditAgrees(rules: Rules, world: World): Promise<void> {
  const entries = await world.engine.read((tx) => tx.audit.list(0, 10_000));
  expect(verifyChain(entries)).toBeNull();
  expect(1 + entries.filter(({ kind }) => kind === 'signedIn').length).toBe(rules.signIns);
}

test('R14 R42 whatever is done in whatever order at three screens, everyone is told what the rules say and stands where they say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), walks(180), async (active, commands) => {
      const world = await World.create();
      const rules = new Rules(world.clock.now());
      try {
        if (active) for (const command of PRELUDE) await command.run(rules, world);
        await fc.asyncModelRun(() => ({ model: rules, real: world }), commands);
        await auditAgrees(rules, world);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 200 },
  );
}, 240_000);
