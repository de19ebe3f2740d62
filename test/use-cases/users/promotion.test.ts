import { expect, test } from 'vitest';
import type { Role } from '../../../src-main/domain/account.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { mailedAnswer } from '../../support/flows.ts';
import { type Person, personAt, refusalOf } from '../../support/person.ts';
import { writePolicy } from '../../support/records.ts';
import { type Colleague, colleague, ownerOf, provenBy } from '../../support/staff.ts';

/** A help-desk agent with a session by code, a trusted computer signed in from without one, and a session of the password alone. */
async function agentWithThree(engine: Engine) {
  const { id, email, password } = await colleague(engine, 'helpDesk');
  const enter = async (person: Person) => person.api.open.signIn.withPassword({ email, password });
  const [byCode, trusted, byPassword] = [personAt(engine), personAt(engine), personAt(engine)];
  await writePolicy(engine, { enforcement: 'off' });
  expect(await enter(byPassword)).toEqual({ next: 'signedIn' });
  await writePolicy(engine, { enforcement: 'optional', trust: '7d' });
  await enter(byCode);
  await byCode.api.open.signIn.prove(await mailedAnswer(engine, byCode, email));
  engine.clock.advance(60_000);
  await enter(trusted);
  await trusted.api.open.signIn.prove({ ...(await mailedAnswer(engine, trusted, email)), remember: true });
  expect(await enter(trusted)).toEqual({ next: 'signedIn' });
  engine.clock.advance(60_000);
  return { id, byCode, trusted, byPassword, enter };
}

async function give(engine: Engine, owner: Colleague, id: string, role: Role): Promise<void> {
  const proofs = await provenBy(engine, owner, 'roles');
  await owner.api.admin.users.changeRole({ id, role, ...proofs });
}

const stageOf = async ({ api }: Person) => (await api.open.welcome()).stage;

test('S33 S39 a higher role is not had by a trusted computer, nor by a session of the password alone', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { id, byCode, trusted, byPassword, enter } = await agentWithThree(engine);
  await give(engine, owner, id, 'manager');
  expect([await stageOf(byCode), await stageOf(trusted), await stageOf(byPassword)]).toEqual([
    'signedIn',
    'signIn',
    'signIn',
  ]);
  expect((await byCode.api.self.me()).account.role).toBe('manager');
  expect((await refusalOf(trusted.api.self.keepAlive())).code).toBe('notSignedIn');
  expect(await byCode.api.self.trustedDevices.list()).toEqual([]);
  expect(await enter(trusted)).toEqual({ next: 'secondStep' });
});

test('S33 a lower role ends nothing: what is open may less from now on', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { id, byCode, trusted, byPassword, enter } = await agentWithThree(engine);
  await give(engine, owner, id, 'member');
  for (const person of [byCode, trusted, byPassword]) expect(await stageOf(person)).toBe('signedIn');
  expect(await enter(trusted)).toEqual({ next: 'signedIn' });
});
