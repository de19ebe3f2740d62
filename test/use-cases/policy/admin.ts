import type { Policy } from '../../../src-main/domain/policy.ts';
import { addAccount, protectedOwner, signedIn } from '../../attacks/support/people.ts';
import type { Engine } from '../../support/engine.ts';
import { OWNER, type Person } from '../../support/person.ts';

/** What a change of policy is confirmed by: a code mailed for it. */
export async function policyProof(engine: Engine, person: Person, email = OWNER.email) {
  const { challengeId } = await person.api.admin.policy.sendCode();
  return { method: 'email' as const, challengeId, code: await engine.codeFor(email) };
}

/** Changes the policy in force, by mailed code; gives the new version. */
export async function changePolicyTo(
  engine: Engine,
  person: Person,
  change: Partial<Policy>,
  email = OWNER.email,
): Promise<number> {
  const { version, policy } = await person.api.admin.policy.see();
  const proof = await policyProof(engine, person, email);
  const changed = await person.api.admin.policy.change({
    expectedVersion: version,
    policy: { ...policy, ...change },
    proof,
  });
  engine.clock.advance(60_000); // the next code may leave
  return changed.version;
}

export const MANAGER = { name: 'Mia Manager', email: 'mia@example.org', password: 'a manager of horses' };
export const MEMBER = { name: 'Ben Member', email: 'ben@example.org', password: 'another horse battery' };

/** An owner with two-step verification, and a manager without, both signed in. */
export async function twoAdmins(engine: Engine): Promise<{ owner: Person; manager: Person; codes: readonly string[] }> {
  const { owner, codes } = await protectedOwner(engine);
  await addAccount(engine, MANAGER, 'manager');
  return { owner, codes, manager: await signedIn(engine, MANAGER) };
}
