import { describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../support/engine.ts';
import { OWNER, type Person, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, MEMBER, signedInMember } from '../../support/records.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** SECURITY 2: owners are privileged, their sessions shorter. */
const ROLES = [
  { role: 'owner', idle: 15 * MINUTE, absolute: 12 * HOUR, signIn: signedInOwner },
  {
    role: 'member',
    idle: HOUR,
    absolute: 24 * HOUR,
    signIn: async (engine: Engine) => {
      await signedInOwner(engine);
      return signedInMember(engine);
    },
  },
] as const;

async function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(() => 'answered').catch(async (error) => (await refusalOf(Promise.reject(error))).code);
}

/** Keeps a person active until `end`, then leaves the clock exactly there. */
async function stayActiveUntil(engine: Engine, person: Person, end: number, idle: number): Promise<void> {
  while (engine.clock.now() < end) {
    await person.api.self.keepAlive();
    engine.clock.advance(Math.min(idle - 1, end - engine.clock.now()));
  }
}

describe.each(ROLES)('a session of the role $role', ({ idle, absolute, signIn }) => {
  test.each([
    [-1, 'answered'],
    [0, 'notSignedIn'],
    [1, 'notSignedIn'],
  ])('R40 ends idle: %i ms from the idle end it is %s', async (offset, outcome) => {
    const engine = await openEngine();
    const person = await signIn(engine);
    const { session } = await person.api.self.me();
    expect(session).toMatchObject({ now: engine.clock.now(), idleEndsAt: engine.clock.now() + idle });
    engine.clock.advance(idle + offset);
    expect(await outcomeOf(person.api.self.me())).toBe(outcome);
  });

  test.each([
    [-1, 'answered'],
    [0, 'notSignedIn'],
    [1, 'notSignedIn'],
  ])('R40 ends absolutely, however active: %i ms from its end it is %s', async (offset, outcome) => {
    const engine = await openEngine();
    const person = await signIn(engine);
    const start = engine.clock.now();
    expect((await person.api.self.me()).session.endsAt).toBe(start + absolute);
    await stayActiveUntil(engine, person, start + absolute - 1, idle);
    expect(await outcomeOf(person.api.self.me())).toBe('answered');
    engine.clock.advance(1 + offset);
    expect(await outcomeOf(person.api.self.keepAlive())).toBe(outcome);
  });

  test('R40 the idle end never lies behind the absolute one, and is announced two minutes before', async () => {
    const engine = await openEngine();
    const person = await signIn(engine);
    const end = engine.clock.now() + absolute;
    await stayActiveUntil(engine, person, end - MINUTE, idle);
    expect(await person.api.self.keepAlive()).toEqual({ idleEndsAt: end, endsAt: end, now: engine.clock.now() });
    expect((await person.api.self.me()).session.warnMs).toBe(2 * MINUTE);
  });

  test('R40 is not kept alive by looking: queries do not count as activity', async () => {
    const engine = await openEngine();
    const person = await signIn(engine);
    const { idleEndsAt } = (await person.api.self.me()).session;
    for (let i = 1; i < 6; i += 1) {
      engine.clock.advance(idle / 6);
      await person.api.self.twoStep.status();
      await person.api.self.sessions.list();
      await person.api.open.welcome();
      expect((await person.api.self.me()).session.idleEndsAt).toBe(idleEndsAt);
    }
    engine.clock.advance(idle / 6);
    expect(await outcomeOf(person.api.self.me())).toBe('notSignedIn');
  });

  test.each([
    ['keepAlive', (person: Person) => person.api.self.keepAlive()],
    ['a change', (person: Person) => person.api.self.profile.rename({ name: 'Somebody Else' })],
    ['a change that is refused', (person: Person) => person.api.self.sessions.end({ id: 'none' })],
  ])('R40 is kept alive by %s', async (_, act) => {
    const engine = await openEngine();
    const person = await signIn(engine);
    engine.clock.advance(idle - 1);
    await outcomeOf(act(person));
    expect((await person.api.self.me()).session.idleEndsAt).toBe(engine.clock.now() + idle);
    engine.clock.advance(idle - 1);
    expect(await outcomeOf(person.api.self.me())).toBe('answered');
    engine.clock.advance(1);
    expect(await outcomeOf(person.api.self.me())).toBe('notSignedIn');
  });
});

test('R40 activity is written down at most every half minute; keepAlive always', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const idleEnd = async () => (await owner.api.self.me()).session.idleEndsAt;
  const start = await idleEnd();
  engine.clock.advance(29_999);
  await owner.api.self.profile.rename({ name: 'Ada' });
  expect(await idleEnd()).toBe(start);
  engine.clock.advance(1);
  await owner.api.self.profile.rename({ name: 'Ada O.' });
  expect(await idleEnd()).toBe(start + 30_000);
  engine.clock.advance(1);
  await owner.api.self.keepAlive();
  expect(await idleEnd()).toBe(start + 30_001);
});

test('R40 a call without a live session is refused and on record, whatever token it brings', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const good = owner.jar.session;
  for (const token of [null, '', 'x', 'A'.repeat(43), `${good}x`, good?.toLowerCase() ?? '']) {
    owner.jar.session = token;
    const audited = await auditedBy(engine, async () => {
      expect(await refusalOf(owner.api.self.me())).toMatchObject({ code: 'notSignedIn' });
    });
    expect(audited).toMatchObject([{ kind: 'accessDenied', actorId: null, detail: { reason: 'self.me' } }]);
  }
  owner.jar.session = good;
  expect(await owner.api.self.me()).toMatchObject({ account: { email: OWNER.email } });
});

test('R40 what each role may do, as the renderer is told', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const member = await signedInMember(engine);
  expect(await owner.api.self.me()).toMatchObject({
    account: { role: 'owner' },
    permissions: {
      profile: 'manage',
      users: 'manage',
      generalSettings: 'manage',
      connections: 'manage',
      helpDesk: 'manage',
      auditLog: 'view',
      reports: 'view',
    },
  });
  expect(await member.api.self.me()).toMatchObject({
    account: { role: 'member', email: MEMBER.email },
    permissions: {
      profile: 'manage',
      users: 'none',
      generalSettings: 'none',
      connections: 'none',
      helpDesk: 'none',
      auditLog: 'none',
      reports: 'none',
    },
  });
});
