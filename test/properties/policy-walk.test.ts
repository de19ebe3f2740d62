import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from '../../src-main/domain/policy.ts';
import { DAY, HOUR, type Instant } from '../../src-main/domain/values.ts';
import { runJobs } from '../../src-main/use-cases/jobs/run-jobs.ts';
import { auditTally } from '../attacks/support/audit.ts';
import { addAccount, protectedOwner, SECOND } from '../attacks/support/people.ts';
import { verdictOf, wordFor } from '../attacks/support/verdict.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { CREDENTIALS, OWNER, type Person, personAt } from '../support/person.ts';
import { policyProof } from '../use-cases/policy/admin.ts';

const change = fc.record(
  {
    enforcement: fc.constantFrom<Policy['enforcement']>('off', 'optional', 'required', 'required'),
    complianceDays: fc.integer({ min: -1, max: 11 }),
    afterDeadline: fc.constantFrom<Policy['afterDeadline']>('enrol', 'block'),
    trust: fc.constantFrom<Policy['trust']>('never', '1d', '30d'),
    onEnrol: fc.constantFrom<Policy['onEnrol']>('revokeOthers', 'keep'),
    requireAdminEnrolled: fc.boolean(),
  },
  { requiredKeys: ['enforcement'] },
);
const wait = fc.oneof(fc.integer({ min: 1, max: 11 * DAY }), fc.constantFrom(HOUR, DAY, 3 * DAY, 10 * DAY));
const walk = fc.array(fc.record({ change, wait }), { minLength: 2, maxLength: 8 });

/** The owner, who has two-step verification, at the door: with a code where one is asked. */
async function ownerSignsIn(engine: Engine): Promise<Person> {
  const owner = personAt(engine);
  const { next } = await owner.api.open.signIn.withPassword(CREDENTIALS);
  if (next === 'signedIn') return owner;
  const { code } = await owner.api.open.signIn.pending();
  const challengeId = code?.challengeId ?? '';
  await owner.api.open.signIn.prove({ method: 'email', challengeId, code: await engine.codeFor(OWNER.email) });
  return owner;
}

/** What the member, who never sets it up, meets at the door; the rule in the words of R26 and R27. */
function memberMeets(policy: Policy, requiredSince: Instant | null, now: Instant): string {
  if (policy.enforcement !== 'required' || requiredSince === null) return 'signedIn';
  if (now < requiredSince + policy.complianceDays * DAY) return 'signedIn';
  return policy.afterDeadline === 'block' ? 'deadlinePassed' : 'enrol';
}

test('R24 R26 R27 R29 whatever sequence policy goes through, who has it always gets in, who has not meets what policy says, and each change is one version and one entry', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(walk, async (steps) => {
      const engine = await openEngine({ durability: 'none' });
      await protectedOwner(engine);
      await addAccount(engine);
      let [version, since]: [number, Instant | null] = [1, null];
      for (const { change, wait } of steps) {
        engine.clock.advance(wait);
        const owner = await ownerSignsIn(engine);
        const { policy } = await owner.api.admin.policy.see();
        const wanted = { ...policy, ...change };
        const isUnfit = wanted.complianceDays < 0 || wanted.complianceDays > 10;
        const differs = JSON.stringify(wanted) !== JSON.stringify(policy);
        const proof = await policyProof(engine, owner);
        const changing = owner.api.admin.policy.change({ expectedVersion: version, policy: wanted, proof });
        expect(wordFor(await verdictOf(changing))).toBe(isUnfit || !differs ? 'invalidInput' : 'done');
        if (!isUnfit && differs) version += 1;
        const inForce = isUnfit ? policy : wanted;
        since = inForce.enforcement === 'required' ? (since ?? engine.clock.now()) : null;
        expect(await engine.read((tx) => tx.workspace.policy())).toEqual({
          version,
          policy: inForce,
          requiredSince: since,
        });

        const job = await engine.read((tx) => tx.jobs.running('setupInstructions'));
        if (inForce.enforcement !== 'required') expect(job).toBeNull();
        while ((await runJobs(engine.deps)) === 'worked');
        await meetsTheDoor(engine, inForce, since);
        engine.clock.advance(wait);
        await meetsTheDoor(engine, inForce, since);
      }
      expect((await auditTally(engine)).policyChanged ?? 0).toBe(version - 1);
    }),
    { numRuns: 40 },
  );
});

async function meetsTheDoor(engine: Engine, policy: Policy, since: Instant | null): Promise<void> {
  await ownerSignsIn(engine);
  const { email, password } = SECOND;
  const verdict = await verdictOf(personAt(engine).api.open.signIn.withPassword({ email, password }));
  const met = verdict.kind === 'done' ? (verdict.value as { next: string }).next : wordFor(verdict);
  expect(met).toBe(memberMeets(policy, since, engine.clock.now()));
}
