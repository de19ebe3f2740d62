import { expect, test } from 'vitest';
import type { Role } from '../../src-main/domain/account.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { colleague, ownerOf, provenBy, UNPROVEN } from '../support/staff.ts';
import { browserAt, SESSION_COOKIE } from './support/browser.ts';
import { accountOf } from './support/people.ts';
import { expectRefusal, tally, verdictOf, wordFor } from './support/verdict.ts';

/** Owners who have a password and are neither suspended nor deleted: who could get in and decide. */
async function ownersLeft({ read }: Engine): Promise<number> {
  const accounts = await read((tx) => tx.accounts.list());
  const stands = accounts.filter(({ role, passwordHash, suspendedAt, deletedAt }) => {
    return role === 'owner' && passwordHash !== null && suspendedAt === null && deletedAt === null;
  });
  return stands.length;
}

test('S40 three owners demote each other in a circle at once: one of them remains', async () => {
  const engine = await openEngine();
  const owners = [
    await ownerOf(engine),
    await colleague(engine, 'owner', { name: 'Ben Owner' }),
    await colleague(engine, 'owner', { name: 'Cai Owner' }),
  ];
  const acts = [];
  for (const [index, { api, ...who }] of owners.entries()) {
    const target = owners[(index + 1) % owners.length];
    const proofs = await provenBy(engine, { api, ...who }, 'roles');
    if (target) acts.push(() => api.admin.users.changeRole({ id: target.id, role: 'member', ...proofs }));
  }
  await tally(acts.map((act) => act()));
  expect(await ownersLeft(engine)).toBeGreaterThanOrEqual(1);
});

test('S40 an owner leaves while another suspends or demotes the rest: one of them remains', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  const ben = await colleague(engine, 'owner', { name: 'Ben Owner', twoStep: 'off' });
  const { password: currentPassword } = ben;
  await tally([
    ada.api.admin.users.suspend({ id: ben.id, reason: 'Out' }),
    ben.api.self.account.delete({ currentPassword, proof: null }),
    ben.api.admin.users.suspend({ id: ada.id, reason: 'Out' }),
  ]);
  expect(await ownersLeft(engine)).toBe(1);
});

test('S40 an owner who is only invited, or suspended, does not count: the last one who can get in cannot leave', async () => {
  const engine = await openEngine();
  const ada = await ownerOf(engine);
  const ben = await colleague(engine, 'owner', { name: 'Ben Owner' });
  const stepUp = await provenBy(engine, ada, 'roles');
  await ada.api.admin.users.add({ name: 'Eve', email: 'eve@example.org', phone: null, role: 'owner', stepUp });
  await ada.api.admin.users.suspend({ id: ben.id, reason: 'Away' });
  const { challengeId } = await ada.api.self.twoStep.sendProofCode({ purpose: 'deleteAccount' });
  const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(ada.email) };
  await expectRefusal(ada.api.self.account.delete({ currentPassword: ada.password, proof }), 'lastOwner');
});

test('S39 an extra key in an act on somebody, or on oneself, is refused and raises nobody', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const desk = await colleague(engine, 'helpDesk');
  const mel = await colleague(engine, 'member', { name: 'Mel Member' });
  const browser = browserAt(engine);
  browser.cookies.set(SESSION_COOKIE, desk.jar.session ?? '');
  const acts: Record<string, object> = {
    'self.profile.rename': { name: 'Me' },
    'admin.users.unlock': { id: mel.id },
    'admin.users.signOutEverywhere': { id: mel.id },
    'helpDesk.resetTwoStep': { id: mel.id, reason: 'Lost', ...UNPROVEN },
    'open.signIn.withPassword': { email: desk.email, password: desk.password },
  };
  for (const [path, input] of Object.entries(acts)) {
    for (const extra of [{ role: 'owner' }, { permissions: { users: 'manage' } }, { actorId: owner.id }]) {
      const answer = await browser.mutate(path, { ...input, ...extra });
      expect([path, answer.refusal?.code]).toEqual([path, 'invalidInput']);
    }
  }
  expect((await accountOf(engine, desk.email)).role).toBe('helpDesk');
});

test.each(['manager', 'helpDesk', 'member'] as const)('S39 a %s raises nobody, oneself included', async (role) => {
  const engine = await openEngine();
  await ownerOf(engine);
  const low = await colleague(engine, role);
  const mel = await colleague(engine, 'member', { name: 'Mel Member' });
  const proofs = await provenBy(engine, low, 'roles');
  for (const id of [low.id, mel.id]) {
    for (const wanted of ['owner', 'admin', 'helpDesk'] as const satisfies readonly Role[]) {
      await expectRefusal(low.api.admin.users.changeRole({ id, role: wanted, ...proofs }), 'forbidden');
    }
  }
  const permissions = (await verdictOf(low.api.admin.roles.see())).kind;
  expect(permissions).toBe(role === 'member' ? 'refused' : 'done');
  const invite = { name: 'Eve', email: 'eve@example.org', phone: null, role: 'admin' as const };
  await expectRefusal(low.api.admin.users.add(invite), 'forbidden');
  await expectRefusal(low.api.admin.users.import({ csv: 'name,email,role\nEve,eve@example.org,owner' }), 'forbidden');
});

test('S39 an admin does not raise by a file what they may not by hand', async () => {
  const engine = await openEngine();
  await ownerOf(engine);
  const admin = await colleague(engine, 'admin');
  for (const role of ['owner', 'admin']) {
    const csv = `name,email,role\nEve,eve@example.org,${role}`;
    expect([role, wordFor(await verdictOf(admin.api.admin.users.import({ csv })))]).toEqual([role, 'importUnfit']);
  }
  expect(await engine.read((tx) => tx.accounts.findByEmailKey('eve@example.org'))).toBeNull();
});

test('S42 after a reset by the help desk the person’s own password still is the only one, and the agent was told nothing', async () => {
  const engine = await openEngine();
  await ownerOf(engine);
  const desk = await colleague(engine, 'helpDesk');
  const mel = await colleague(engine, 'member', { name: 'Mel Member' });
  const before = (await accountOf(engine, mel.email)).passwordHash;
  const proofs = await provenBy(engine, desk, 'resetTwoStep');
  const browser = browserAt(engine);
  browser.cookies.set(SESSION_COOKIE, desk.jar.session ?? '');
  const answer = await browser.mutate('helpDesk.resetTwoStep', { id: mel.id, reason: 'Lost phone', ...proofs });
  expect(answer.data).toEqual({});
  expect((await accountOf(engine, mel.email)).passwordHash).toBe(before);
});
