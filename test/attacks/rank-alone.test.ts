import { expect, test } from 'vitest';
import type { Role } from '../../src-main/domain/account.ts';
import type { Permissions } from '../../src-main/domain/role.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { everythingStored } from '../support/records.ts';
import { type Colleague, colleague, ownerOf, provenBy, UNPROVEN } from '../support/staff.ts';
import { policyProof } from '../use-cases/policy/admin.ts';
import { accountOf } from './support/people.ts';
import { expectRefusal, tally, verdictOf, wordFor } from './support/verdict.ts';

const ROLES = ['owner', 'admin', 'manager', 'helpDesk', 'member'] as const satisfies readonly Role[];
const BELOW_OWNERS = ['admin', 'manager', 'helpDesk', 'member'] as const;

const EVERYTHING: Permissions = {
  profile: 'manage',
  users: 'manage',
  generalSettings: 'manage',
  connections: 'manage',
  helpDesk: 'manage',
  auditLog: 'manage',
  reports: 'manage',
};

/** A workspace whose owner lets every role do everything, with somebody of this role, and somebody else of each. */
async function generous(role: Role): Promise<{ engine: Engine; they: Colleague; others: readonly Colleague[] }> {
  const engine = await openEngine();
  await ownerOf(engine);
  await engine.deps.store.transaction(async (tx) => {
    for (const each of BELOW_OWNERS) await tx.roles.put(each, EVERYTHING, 0);
  });
  const others = [];
  for (const each of ROLES) others.push(await colleague(engine, each, { name: `Other ${each}` }));
  return { engine, others, they: await colleague(engine, role, { name: 'Eager Beaver' }) };
}

/** Whatever can be done to another account, short of a right answer to a step-up. */
function actsOn({ api }: Colleague, id: string, groupId: string): Record<string, () => Promise<unknown>> {
  const { users, groups } = api.admin;
  return {
    edit: () => users.edit({ id, name: 'Somebody Else', phone: '+4915112345678' }),
    invite: () => users.invite({ id }),
    changeRole: () => users.changeRole({ id, role: 'member', ...UNPROVEN }),
    suspend: () => users.suspend({ id, reason: 'Because' }),
    reinstate: () => users.reinstate({ id }),
    unlock: () => users.unlock({ id }),
    signOutEverywhere: () => users.signOutEverywhere({ id }),
    setAllowlist: () => users.setAllowlist({ id, text: '198.51.100.7', confirmed: true }),
    revokeTrust: () => users.revokeTrust({ id, deviceId: 'any' }),
    addMember: () => groups.addMember({ groupId, accountId: id }),
    removeMember: () => groups.removeMember({ groupId, accountId: id }),
    resetTwoStep: () => api.helpDesk.resetTwoStep({ id, reason: 'Because', ...UNPROVEN }),
  };
}

test.each(BELOW_OWNERS)(
  'S39 S41 a %s who may everything does nothing at all to anybody of their own rank or above',
  async (role) => {
    const { engine, they, others } = await generous(role);
    const { id: groupId } = await they.api.admin.groups.add({ name: 'Everybody' });
    const untouchable = others.slice(0, ROLES.indexOf(role) + 1);
    const stored = () => ({ ...everythingStored(engine), sessions: [], people: [], sqlite_sequence: [] });
    const before = stored();
    const told: string[] = [];
    for (const { id, name } of untouchable) {
      for (const [act, call] of Object.entries(actsOn(they, id, groupId))) {
        const word = wordFor(await verdictOf(call()));
        if (word !== 'targetOutranks') told.push(`${act} on ${name}: ${word}`);
      }
    }
    expect(told).toEqual([]);
    expect(stored()).toEqual(before);
  },
);

test.each(BELOW_OWNERS)(
  'S39 S41 nor does a %s who may everything make anybody of that rank, or an owner’s act theirs',
  async (role) => {
    const { engine, they, others } = await generous(role);
    for (const each of ROLES.slice(0, ROLES.indexOf(role) + 1)) {
      const add = they.api.admin.users.add({ name: 'Eve', email: 'eve@example.org', phone: null, role: each });
      await expectRefusal(add, 'targetOutranks');
      const csv = `name,email,role\nEve,eve@example.org,${each}`;
      expect([each, wordFor(await verdictOf(they.api.admin.users.import({ csv })))]).toEqual([each, 'importUnfit']);
    }
    const proofs = await provenBy(engine, they, 'roles');
    for (const below of others.slice(ROLES.indexOf(role) + 1)) {
      for (const wanted of ROLES.slice(0, ROLES.indexOf(role) + 1)) {
        const raise = they.api.admin.users.changeRole({ id: below.id, role: wanted, ...proofs });
        await expectRefusal(raise, 'targetOutranks');
      }
    }
    for (const each of ROLES) {
      const permissions = { ...EVERYTHING, reports: 'none' as const };
      await expectRefusal(they.api.admin.roles.change({ role: each, permissions, ...proofs }), 'forbidden');
    }
    await expectRefusal(they.api.admin.clock.accept(UNPROVEN), 'forbidden');
    const proof = await policyProof(engine, they, they.email);
    const glass = { kind: 'breakGlass' as const, until: null, reason: 'The safe', proof };
    for (const accountId of [they.id, ...others.map(({ id }) => id)]) {
      await expectRefusal(they.api.admin.exceptions.grant({ target: { accountId }, ...glass }), 'forbidden');
    }
  },
);

test('S39 whom an act raises while they are acted on is out of reach by the time it is done', async () => {
  for (const [first, second] of [
    ['raise', 'suspend'],
    ['suspend', 'raise'],
  ] as const) {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    const mel = await colleague(engine, 'member', { name: 'Mel Member' });
    const proofs = await provenBy(engine, owner, 'roles');
    const acts = {
      raise: () => owner.api.admin.users.changeRole({ id: mel.id, role: 'owner', ...proofs }),
      suspend: () => admin.api.admin.users.suspend({ id: mel.id, reason: 'Quickly' }),
    };
    await tally([acts[first](), acts[second]()]);
    const account = await accountOf(engine, mel.email);
    const log = await engine.read((tx) => tx.audit.list(0, 1_000));
    const at = (kind: string) => log.findIndex((entry) => entry.kind === kind && entry.targetId === mel.id);
    expect(account.role).toBe('owner');
    if (account.suspendedAt !== null) expect(at('suspended')).toBeLessThan(at('roleChanged'));
  }
});

test('S40 two owners who both leave at once, each with password and proof: one of them stays', async () => {
  const engine = await openEngine();
  const owners = [await ownerOf(engine), await colleague(engine, 'owner', { name: 'Ben Owner' })];
  const leaving = [];
  for (const { api, email, password } of owners) {
    const { challengeId } = await api.self.twoStep.sendProofCode({ purpose: 'deleteAccount' });
    const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(email) };
    leaving.push(() => api.self.account.delete({ currentPassword: password, proof }));
  }
  expect(await tally(leaving.map((leave) => leave()))).toEqual({ done: 1, lastOwner: 1 });
});

test('S40 one owner leaves while the other demotes, suspends or resets them: whatever wins, somebody can still decide', async () => {
  for (const act of ['demote', 'suspend', 'reset'] as const) {
    const engine = await openEngine();
    const ada = await ownerOf(engine);
    const ben = await colleague(engine, 'owner', { name: 'Ben Owner' });
    const { challengeId } = await ben.api.self.twoStep.sendProofCode({ purpose: 'deleteAccount' });
    const proof = { method: 'email' as const, challengeId, code: await engine.codeFor(ben.email) };
    const proofs = await provenBy(engine, ada, act === 'reset' ? 'resetTwoStep' : 'roles');
    const acts = {
      demote: () => ada.api.admin.users.changeRole({ id: ben.id, role: 'member', ...proofs }),
      suspend: () => ada.api.admin.users.suspend({ id: ben.id, reason: 'Out' }),
      reset: () => ada.api.helpDesk.resetTwoStep({ id: ben.id, reason: 'Lost', ...proofs }),
    };
    const leave = () => ben.api.self.account.delete({ currentPassword: ben.password, proof });
    expect((await tally([acts[act](), leave()])).failed).toBeUndefined();
    await expectRefusal(ada.api.admin.users.suspend({ id: ada.id, reason: 'Out' }), 'notOnYourself');
    const back = await ada.api.open.signIn.withPassword({ email: ada.email, password: ada.password });
    expect(back.next).toBe('secondStep');
  }
});
