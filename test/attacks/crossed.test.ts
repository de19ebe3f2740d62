import { expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt } from '../support/person.ts';
import { type Colleague, colleague, ownerOf, provenBy } from '../support/staff.ts';
import { changePolicyTo, policyProof } from '../use-cases/policy/admin.ts';
import { accountOf, copiesOf, pendingSignIn } from './support/people.ts';
import { expectRefusal, tally, times } from './support/verdict.ts';

const credentials = ({ email, password }: Colleague) => ({ email, password });

interface Scene {
  readonly engine: Engine;
  readonly owner: Colleague;
  readonly ben: Colleague;
  /** Where Ben is remembered. */
  readonly trusted: Person;
}

async function scene(): Promise<Scene> {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const ben = await colleague(engine, 'member', { name: 'Ben Member' });
  await changePolicyTo(engine, owner, { trust: '30d' });
  const { challengeId, code, ...trusted } = await pendingSignIn(engine, ben);
  await trusted.api.open.signIn.prove({ method: 'email', challengeId, code, remember: true });
  return { engine, owner, ben, trusted };
}

/** The same act before, between and after some sign-ins that are all sent at once. */
function among<T>(
  act: () => Promise<T>,
  others: readonly (() => Promise<unknown>)[],
  place: number,
): Promise<unknown>[] {
  return [...others.slice(0, place), act, ...others.slice(place)].map((call) => call());
}

const PLACES = [0, 2, 4] as const;

/** Every way Ben can be under way into his account at one moment. */
async function underWay({ engine, ben, trusted }: Scene) {
  const second = await pendingSignIn(engine, ben);
  const { challengeId, code } = second;
  const device = personAt(engine);
  device.jar.trusts = trusted.jar.trusts ?? [];
  const fresh = personAt(engine);
  const people: readonly Person[] = [second, device, fresh, trusted, ben];
  const calls = [
    () => second.api.open.signIn.prove({ method: 'email', challengeId, code, remember: true }),
    () => device.api.open.signIn.withPassword(credentials(ben)),
    () => fresh.api.open.signIn.withPassword(credentials(ben)),
    () => trusted.api.self.keepAlive(),
  ];
  return { people, calls };
}

test.each(PLACES)(
  'S14 S33 S39 a suspension among sign-ins of every kind, %i before it, leaves nobody in',
  async (place) => {
    const at = await scene();
    const { engine, owner, ben } = at;
    const { people, calls } = await underWay(at);
    const suspend = () => owner.api.admin.users.suspend({ id: ben.id, reason: 'Taken over' });
    expect((await tally(among(suspend, calls, place))).failed).toBeUndefined();
    for (const { api } of people) await expectRefusal(api.self.me(), 'notSignedIn');
    const left = await engine.read(async (tx) => [
      await tx.sessions.listFor(ben.id),
      await tx.trustedDevices.listFor(ben.id),
    ]);
    expect(left).toEqual([[], []]);
    await owner.api.admin.users.reinstate({ id: ben.id });
    for (const { api } of people) expect((await api.open.welcome()).stage).toBe('signIn');
  },
);

test.each(PLACES)(
  'R41 S33 a reset among sign-ins of every kind, %i before it, leaves enrolling alone',
  async (place) => {
    const at = await scene();
    const { engine, owner, ben } = at;
    const { people, calls } = await underWay(at);
    const proofs = await provenBy(engine, owner, 'resetTwoStep');
    const reset = () => owner.api.helpDesk.resetTwoStep({ id: ben.id, reason: 'Lost it all', ...proofs });
    expect((await tally(among(reset, calls, place))).failed).toBeUndefined();
    const { sessions, devices } = await engine.read(async (tx) => ({
      sessions: await tx.sessions.listFor(ben.id),
      devices: await tx.trustedDevices.listFor(ben.id),
    }));
    expect(sessions.filter(({ scope }) => scope === 'full')).toEqual([]);
    expect(devices).toEqual([]);
    for (const { api } of people) expect((await api.open.welcome()).stage).toMatch(/^(signIn|enrol)$/);
    expect(await personAt(engine).api.open.signIn.withPassword(credentials(ben))).toEqual({ next: 'enrol' });
  },
);

test.each(PLACES)(
  'S15 S33 a change of policy among sign-ins of every kind, %i before it, voids trust and what is pending',
  async (place) => {
    const at = await scene();
    const { engine, owner, ben } = at;
    const { people, calls } = await underWay(at);
    const { version, policy } = await owner.api.admin.policy.see();
    const proof = await policyProof(engine, owner);
    const change = () =>
      owner.api.admin.policy.change({ expectedVersion: version, policy: { ...policy, onEnrol: 'keep' }, proof });
    expect((await tally(among(change, calls, place))).failed).toBeUndefined();
    const now = (await engine.read((tx) => tx.workspace.policy())).version;
    for (const { jar } of people) {
      const again = personAt(engine);
      again.jar.trusts = jar.trusts ?? [];
      const devices = await engine.read((tx) => tx.trustedDevices.listFor(ben.id));
      const isNew = devices.some(({ id, policyVersion }) => {
        return policyVersion === now && again.jar.trusts?.some((trust) => trust.id === id);
      });
      const { next } = await again.api.open.signIn.withPassword(credentials(ben));
      expect(next).toBe(isNew ? 'signedIn' : 'secondStep');
    }
  },
);

test('S32 one trust cookie in twenty windows at once: one is spared the second step, and then nobody', async () => {
  const { engine, ben, trusted } = await scene();
  const windows = times(20, () => {
    const person = personAt(engine);
    person.jar.trusts = trusted.jar.trusts ?? [];
    return person;
  });
  const answers = await Promise.all(windows.map(({ api }) => api.open.signIn.withPassword(credentials(ben))));
  expect(answers.filter(({ next }) => next === 'signedIn')).toHaveLength(1);
  for (const { jar } of windows) {
    const again = personAt(engine);
    again.jar.trusts = jar.trusts ?? [];
    expect(await again.api.open.signIn.withPassword(credentials(ben))).toEqual({ next: 'secondStep' });
  }
});

test('S7 S24 one code that enrols, sent from twenty copies of an enrolling session at once, makes one full session', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0, onEnrol: 'keep' });
  const person = personAt(engine);
  await person.api.open.signIn.withPassword(credentials(mel));
  const other = personAt(engine);
  await other.api.open.signIn.withPassword(credentials(mel));
  const { challengeId } = await person.api.self.twoStep.sendEnableCode({ method: 'email' });
  const code = await engine.codeFor(mel.email);
  const copies = copiesOf(engine, person, 20);
  const words = await tally(copies.map(({ api }) => api.self.twoStep.enable({ challengeId, code })));
  expect(words.done).toBe(1);
  const standing = await Promise.all(copies.map(({ api }) => api.open.welcome()));
  expect(standing.filter(({ stage }) => stage === 'signedIn')).toHaveLength(1);
  expect((await other.api.open.welcome()).stage).toBe('signIn');
});

test('R37 S39 who joins a group while they give it more time gets one of the two', async () => {
  for (const first of ['join', 'grant'] as const) {
    const engine = await openEngine();
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    const { challengeId, code, ...window } = await pendingSignIn(engine, admin);
    await window.api.open.signIn.prove({ method: 'email', challengeId, code });
    const { id: groupId } = await admin.api.admin.groups.add({ name: 'Night shift' });
    const proof = await policyProof(engine, admin, admin.email);
    const until = engine.clock.now() + 30 * DAY;
    const grant = () =>
      admin.api.admin.exceptions.grant({ target: { groupId }, kind: 'extension', until, reason: 'Busy', proof });
    const join = () => window.api.admin.groups.addMember({ groupId, accountId: admin.id });
    const calls = first === 'join' ? [join, grant] : [grant, join];
    expect(await tally(calls.map((call) => call()))).toEqual({ done: 1, notOnYourself: 1 });
    expect((await engine.read((tx) => tx.exceptions.exemptionFor(admin.id))).extendedUntil).toBe(null);
  }
});

test('R37 S36 the last of one’s own and one’s groups’ extensions counts, to the millisecond, and ending it counts at once', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const mel = await colleague(engine, 'member', { name: 'Mel Member', twoStep: 'off' });
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0, afterDeadline: 'block' });
  const { id: groupId } = await owner.api.admin.groups.add({ name: 'Night shift' });
  await owner.api.admin.groups.addMember({ groupId, accountId: mel.id });
  const start = engine.clock.now();
  const more = async (target: { accountId: string } | { groupId: string }, time: number) => {
    const proof = await policyProof(engine, owner);
    const wish = { kind: 'extension' as const, reason: 'Away', until: start + time, target, proof };
    const { id } = await owner.api.admin.exceptions.grant(wish);
    engine.clock.advance(MINUTE);
    return id;
  };
  await more({ accountId: mel.id }, 5 * MINUTE);
  const longer = await more({ groupId }, 10 * MINUTE);
  const signIn = () => personAt(engine).api.open.signIn.withPassword(credentials(mel));
  engine.clock.advance(start + 10 * MINUTE - 1 - engine.clock.now());
  expect(await signIn()).toEqual({ next: 'signedIn' });
  engine.clock.advance(1);
  await expectRefusal(signIn(), 'deadlinePassed');
  await more({ accountId: mel.id }, 30 * MINUTE);
  expect(await signIn()).toEqual({ next: 'signedIn' });
  await owner.api.admin.exceptions.end({ id: longer, proof: await policyProof(engine, owner) });
  expect(await signIn()).toEqual({ next: 'signedIn' });
  engine.clock.advance(MINUTE);
  const [own] = (await owner.api.admin.exceptions.list()).filter(({ until }) => until === start + 30 * MINUTE);
  await owner.api.admin.exceptions.end({ id: own?.id ?? '', proof: await policyProof(engine, owner) });
  await expectRefusal(signIn(), 'deadlinePassed');
  expect((await accountOf(engine, mel.email)).throttle.failures).toBe(0);
});
