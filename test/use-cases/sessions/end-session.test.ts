import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { ownerAfterPassword, ownerByCode } from '../../support/flows.ts';
import { enableTwoStep, personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, signedInMember } from '../../support/records.ts';

test('R6 the list shows one’s own live sessions, the latest activity first, and which one this is', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await signedInMember(engine);
  const start = engine.clock.now();
  engine.clock.advance(1_000);
  await ownerAfterPassword(engine, 'web');
  const common = {
    id: expect.any(String),
    client: 'Chrome on Linux',
    address: '192.0.2.7',
    scope: 'full',
    provenWith: null,
  };
  const twelveHours = 12 * 60 * 60_000;
  expect(await owner.api.self.sessions.list()).toEqual([
    {
      ...common,
      current: false,
      surface: 'web',
      createdAt: start + 1_000,
      lastSeenAt: start + 1_000,
      endsAt: start + 1_000 + twelveHours,
    },
    { ...common, current: true, surface: 'desktop', createdAt: start, lastSeenAt: start, endsAt: start + twelveHours },
  ]);
});

test('R6 the list shows how each session was opened, and none that has run out', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const [code] = await enableTwoStep(engine, owner);
  await ownerByCode(engine);
  const byCode = await ownerAfterPassword(engine);
  await byCode.api.open.signIn.prove({ method: 'recoveryCode', code });
  const means = (await owner.api.self.sessions.list()).map(({ provenWith }) => provenWith ?? 'password alone');
  expect(means.sort()).toEqual(['email', 'password alone', 'recoveryCode']);
  engine.clock.advance(14 * 60_000);
  await owner.api.self.keepAlive();
  engine.clock.advance(60_000);
  expect(await owner.api.self.sessions.list()).toMatchObject([{ current: true, provenWith: null }]);
});

test('R6 one session is signed out, and nothing but that one', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const gone = await ownerAfterPassword(engine);
  const stays = await ownerAfterPassword(engine);
  const { id } = (await gone.api.self.me()).session;
  const audited = await auditedBy(engine, () => owner.api.self.sessions.end({ id }));
  expect(audited).toMatchObject([{ kind: 'sessionEnded' }]);
  expect(await refusalOf(gone.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(await stays.api.self.sessions.list()).toHaveLength(2);
  expect(await refusalOf(owner.api.self.sessions.end({ id }))).toMatchObject({ code: 'notFound' });
});

test('R6 a session of somebody else is as unknown as any, and the attempt is on record', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const member = await signedInMember(engine);
  const { id } = (await owner.api.self.me()).session;
  const audited = await auditedBy(engine, async () => {
    expect(await refusalOf(member.api.self.sessions.end({ id }))).toEqual({ code: 'notFound', data: undefined });
    expect(await refusalOf(member.api.self.sessions.end({ id: 'none' }))).toEqual({
      code: 'notFound',
      data: undefined,
    });
  });
  expect(audited).toMatchObject([{ kind: 'accessDenied' }, { kind: 'accessDenied' }]);
  expect(await owner.api.self.me()).toMatchObject({ session: { id } });
});

test('R6 all others are signed out at once, pending sign-ins too; this one and other people’s go on', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const member = await signedInMember(engine);
  const others = [await ownerByCode(engine), await ownerByCode(engine, 'mobile')];
  const pending = await ownerAfterPassword(engine);
  const audited = await auditedBy(engine, async () => {
    expect(await owner.api.self.sessions.endOthers()).toEqual({ ended: 2 });
  });
  expect(audited).toMatchObject([{ kind: 'otherSessionsEnded', detail: { count: 2 } }]);
  for (const other of others) expect(await refusalOf(other.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect(await refusalOf(pending.api.open.signIn.pending())).toMatchObject({ code: 'signInExpired' });
  expect(await owner.api.self.sessions.list()).toHaveLength(1);
  expect(await member.api.self.sessions.list()).toHaveLength(1);
  expect(await owner.api.self.sessions.endOthers()).toEqual({ ended: 0 });
});

test('R6 how many others ended is how many were shown: one that had run out is not counted', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  await ownerAfterPassword(engine);
  engine.clock.advance(14 * 60_000);
  await owner.api.self.keepAlive();
  await ownerAfterPassword(engine);
  engine.clock.advance(60_000);
  expect(await owner.api.self.sessions.list()).toHaveLength(2);
  expect(await owner.api.self.sessions.endOthers()).toEqual({ ended: 1 });
});

test('R14 signing out ends the session for good, whoever keeps its token', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const token = owner.jar.session;
  const audited = await auditedBy(engine, () => owner.api.self.signOut());
  expect(audited).toMatchObject([{ kind: 'signedOut' }]);
  expect(owner.jar.session).toBeNull();
  const thief = personAt(engine);
  thief.jar.session = token;
  expect(await refusalOf(thief.api.self.me())).toMatchObject({ code: 'notSignedIn' });
  expect((await owner.api.open.welcome()).stage).toBe('signIn');
});
