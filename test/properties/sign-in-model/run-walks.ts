import fc from 'fast-check';
import { expect } from 'vitest';
import { verifyChain } from '../../../src-main/domain/audit-chain.ts';
import { OWNER } from '../../support/person.ts';
import { Rules } from './rules.ts';
import type { Command } from './step.ts';
import { walks } from './walk.ts';
import { World } from './world.ts';

const MINUTE = 60_000;

/** How many walks all files together take: 2,000 in CI, fewer at a desk; `WALKS=200000` for a night. */
const WALKS = Number(process.env.WALKS ?? (process.env.CI ? 2_000 : 100));

/** How many of them a file takes whose share this is: of a single owner, or of a whole workspace under policy. */
export function walksOf(share: number): number {
  return Math.max(1, Math.round(WALKS * share));
}

/** Commands at most; some are left out as leading nowhere, others take several steps: some 65 a walk on average. */
const LENGTH = 200;

/** What a test of walks may take: the shrinking of a failed one ends before, so that its seed, path and steps are told. */
export const WALKS_TIMEOUT = 15 * MINUTE;
export const INTERRUPT_AFTER = 13 * MINUTE;

/** After a walk: the audit chain is whole, and every sign-in stands in it once. */
async function auditAgrees(rules: Rules, world: World): Promise<void> {
  const entries = await world.engine.read((tx) => tx.audit.list(0, 10_000));
  expect(verifyChain(entries)).toBeNull();
  expect(1 + entries.filter(({ kind }) => kind === 'signedIn').length).toBe(rules.signIns);
}

/** This file's share of the walks, each in a workspace of its own after the same first steps. Gives what was walked. */
export async function runWalks(first: readonly Command[]): Promise<{ walks: number; steps: number }> {
  const walked = { walks: 0, steps: 0 };
  await fc.assert(
    fc.asyncProperty(walks(LENGTH), async (commands) => {
      const world = await World.create();
      const rules = new Rules(world.clock.now(), OWNER.email);
      try {
        for (const command of first) await command.run(rules, world);
        await fc.asyncModelRun(() => ({ model: rules, real: world }), commands);
        await auditAgrees(rules, world);
      } finally {
        walked.walks += 1;
        walked.steps += rules.steps;
        await world.close();
      }
    }),
    {
      numRuns: walksOf(1 / 4),
      interruptAfterTimeLimit: INTERRUPT_AFTER,
      markInterruptAsFailure: true,
    },
  );
  return walked;
}
