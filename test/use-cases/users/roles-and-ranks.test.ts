import { describe, expect, test } from 'vitest';
import type { Role } from '../../../src-main/domain/account.ts';
import { isUsableOwner } from '../../../src-main/domain/role.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { accountOf } from '../../attacks/support/people.ts';
import { callByPath, PROCEDURES } from '../../attacks/support/procedures.ts';
import { tally, verdictOf, wordFor } from '../../attacks/support/verdict.ts';
import { openEngine } from '../../support/engine.ts';
import { mailedAnswer } from '../../support/flows.ts';
import { personAt, refusalOf } from '../../support/person.ts';
import { colleague, ownerOf, provenBy, UNPROVEN } from '../../support/staff.ts';

const ROLES: readonly Role[] = ['owner', 'admin', 'manager', 'helpDesk', 'member'];

/** Acts on one account, by who may do them at all. */
const BY_MANAGERS_OF_USERS = ['edit', 'invite', 'changeRole', 'suspend', 'reinstate', 'setAllowlist'] as const;
const BY_HELPERS = ['unlock', 'signOutEverywhere'] as const;

function inputOf(act: string, id: string) {
  const more: Record<string, object> = {
    edit: { name: 'Renamed', phone: null },
    changeRole: { role: 'member', ...UNPROVEN },
    suspend: { reason: 'Left' },
    setAllowlist: { text: '', confirmed: false },
    resetTwoStep: { reason: 'Lost everything', ...UNPROVEN },
  };
  return { id, ...more[act] };
}

/** What each role may do to each other one: `+` where the act goes on to what it is about, else why not. */
const REACH: Record<Role, Record<Role, 'users and help desk' | 'help desk' | 'targetOutranks' | 'forbidden'>> = {
  owner: {
    owner: 'users and help desk',
    admin: 'users and help desk',
    manager: 'users and help desk',
    helpDesk: 'users and help desk',
    member: 'users and help desk',
  },
  admin: {
    owner: 'targetOutranks',
    admin: 'targetOutranks',
    manager: 'users and help desk',
    helpDesk: 'users and help desk',
    member: 'users and help desk',
  },
  manager: { owner: 'forbidden', admin: 'forbidden', manager: 'forbidden', helpDesk: 'forbidden', member: 'forbidden' },
  helpDesk: {
    owner: 'targetOutranks',
    admin: 'targetOutranks',
    manager: 'targetOutranks',
    helpDesk: 'targetOutranks',
    member: 'help desk',
  },
  member: { owner: 'forbidden', admin: 'forbidden', manager: 'forbidden', helpDesk: 'forbidden', member: 'forbidden' },
};

/** Whether an act got as far as the account itself: it was done, or refused for how the account is. */
const REACHED = ['done', 'stateUnfit', 'currentPasswordRejected'];

describe('R40 R41 S39 nobody acts above their rank', () => {
  test.each(ROLES)('the %s', async (role) => {
    const engine = await openEngine();
    await ownerOf(engine);
    const actor = await colleague(engine, role, { name: 'The actor' });
    for (const target of ROLES) {
      const { id } = await colleague(engine, target, { name: `Target ${target}` });
      const reach = REACH[role][target];
      for (const act of [...BY_MANAGERS_OF_USERS, ...BY_HELPERS, 'resetTwoStep'] as const) {
        const path = act === 'resetTwoStep' ? 'helpDesk.resetTwoStep' : `admin.users.${act}`;
        const isForHelpers = act === 'resetTwoStep' || BY_HELPERS.some((each) => each === act);
        const mayTry = role === 'helpDesk' ? isForHelpers : true;
        const expected = !mayTry
          ? 'forbidden'
          : reach === 'forbidden' || reach === 'targetOutranks'
            ? reach
            : 'reached';
        const audited = await auditedBy(engine, async () => {
          const word = wordFor(await verdictOf(callByPath(actor, path, inputOf(act, id))));
          expect([role, act, target, REACHED.includes(word) ? 'reached' : word]).toEqual([role, act, target, expected]);
        });
        expect([act, target, audited.length]).toEqual([act, target, 1]);
        const outranked = { kind: 'adminActRefused', targetId: id, detail: { reason: `${act}: targetOutranks` } };
        if (expected === 'targetOutranks') expect(audited).toMatchObject([outranked]);
      }
    }
  });
});

test('R41 S40 on oneself nobody changes the role, suspends, unlocks or resets', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  for (const path of ['users.changeRole', 'users.suspend', 'users.reinstate', 'users.unlock']) {
    const input = inputOf(path.slice(6), owner.id);
    expect([path, wordFor(await verdictOf(callByPath(owner, `admin.${path}`, input)))]).toEqual([
      path,
      'notOnYourself',
    ]);
  }
  const reset = callByPath(owner, 'helpDesk.resetTwoStep', inputOf('resetTwoStep', owner.id));
  expect(wordFor(await verdictOf(reset))).toBe('notOnYourself');
});

describe('S39 a role holds from the very next call', () => {
  test('one that was just taken away', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    await admin.api.admin.roles.see();
    const audited = await auditedBy(engine, async () => {
      const proofs = await provenBy(engine, owner, 'roles');
      await owner.api.admin.users.changeRole({ id: admin.id, role: 'member', ...proofs });
    });
    expect(audited.at(-1)).toMatchObject({
      kind: 'roleChanged',
      targetId: admin.id,
      detail: { before: 'admin', after: 'member' },
    });
    expect(await refusalOf(admin.api.admin.roles.see())).toEqual({ code: 'forbidden', data: undefined });
    const told = (await engine.letters()).filter(({ message }) => message.kind === 'roleChanged');
    expect(told).toMatchObject([{ to: admin.email, message: { role: 'member', by: owner.name } }]);
  });

  test('one that was just given', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const { id, email, password } = await colleague(engine, 'member');
    const member = personAt(engine);
    await member.api.open.signIn.withPassword({ email, password });
    await member.api.open.signIn.prove(await mailedAnswer(engine, member, email));
    const proofs = await provenBy(engine, owner, 'roles');
    await owner.api.admin.users.changeRole({ id, role: 'manager', ...proofs });
    expect((await member.api.self.me()).permissions.generalSettings).toBe('manage');
  });

  test('an act that was let in while the role held is decided again where it is done', async () => {
    const engine = await openEngine();
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    const member = await colleague(engine, 'member');
    const proofs = await provenBy(engine, admin, 'roles');
    const { store } = engine.deps;
    const demotion = store.transaction(async (tx) => {
      // Holds the writers' turn until the admin's call has passed its guard and waits behind.
      for (let turn = 0; turn < 20; turn++) await engine.deps.pause.breathe();
      await tx.accounts.change(admin.id, { role: 'helpDesk' });
    });
    const act = refusalOf(admin.api.admin.users.changeRole({ id: member.id, role: 'manager', ...proofs }));
    await demotion;
    expect(await act).toMatchObject({ code: 'forbidden' });
    expect((await accountOf(engine, member.email)).role).toBe('member');
  });
});

test('S39 an admin gives no role as high as their own, nor adds anybody with one', async () => {
  const engine = await openEngine();
  await ownerOf(engine);
  const admin = await colleague(engine, 'admin');
  const member = await colleague(engine, 'member');
  for (const role of ['owner', 'admin'] as const) {
    const changed = admin.api.admin.users.changeRole({ id: member.id, role, ...UNPROVEN });
    expect(await refusalOf(changed)).toMatchObject({ code: 'targetOutranks' });
    const added = admin.api.admin.users.add({ name: 'New', email: 'new@example.org', phone: null, role });
    expect(await refusalOf(added)).toMatchObject({ code: 'targetOutranks' });
  }
});

test('R25 S38 whose own two-step verification is off changes no role, and spends nothing to learn it', async () => {
  const engine = await openEngine();
  await ownerOf(engine);
  const admin = await colleague(engine, 'admin', { twoStep: 'off' });
  const member = await colleague(engine, 'member');
  const changed = admin.api.admin.users.changeRole({
    id: member.id,
    role: 'manager',
    currentPassword: admin.password,
    proof: null,
  });
  const audited = await auditedBy(engine, async () => {
    expect(await refusalOf(changed)).toMatchObject({ code: 'enrolYourselfFirst' });
  });
  expect(audited).toMatchObject([{ kind: 'adminActRefused', detail: { reason: 'changeRole: enrolYourselfFirst' } }]);
});

test('S16 S26 a role is changed by password and proof only, once, and the session goes on under a new token', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member');
  const proofs = await provenBy(engine, owner, 'roles');
  const change = (with_: typeof proofs | (Omit<typeof proofs, 'proof'> & { proof: null })) =>
    owner.api.admin.users.changeRole({ id: member.id, role: 'helpDesk', ...with_ });
  expect(await refusalOf(change({ ...proofs, proof: null }))).toMatchObject({ code: 'proofNeeded' });
  expect(await refusalOf(change({ ...proofs, currentPassword: 'not this' }))).toMatchObject({
    code: 'currentPasswordRejected',
  });
  const before = owner.jar.session;
  await change(proofs);
  expect(owner.jar.session).not.toBe(before);
  expect(await refusalOf(change(proofs))).toMatchObject({ code: 'stateUnfit' });
  const again = owner.api.admin.users.changeRole({ id: member.id, role: 'admin', ...proofs });
  expect(await refusalOf(again)).toMatchObject({ code: 'challengeExpired' });
});

describe('S40 two who act on each other at once', () => {
  test('two owners demote each other: one of them remains', async () => {
    const engine = await openEngine();
    const [ada, ben] = [await ownerOf(engine), await colleague(engine, 'owner', { name: 'Ben Owner' })];
    const [byAda, byBen] = [await provenBy(engine, ada, 'roles'), await provenBy(engine, ben, 'roles')];
    const words = await tally([
      ada.api.admin.users.changeRole({ id: ben.id, role: 'member', ...byAda }),
      ben.api.admin.users.changeRole({ id: ada.id, role: 'member', ...byBen }),
    ]);
    expect(words).toEqual({ done: 1, forbidden: 1 });
    expect((await engine.read((tx) => tx.accounts.privileged())).filter(isUsableOwner)).toHaveLength(1);
  });

  test('two owners suspend each other: one of them remains', async () => {
    const engine = await openEngine();
    const [ada, ben] = [await ownerOf(engine), await colleague(engine, 'owner', { name: 'Ben Owner' })];
    const words = await tally([
      ada.api.admin.users.suspend({ id: ben.id, reason: 'Out' }),
      ben.api.admin.users.suspend({ id: ada.id, reason: 'Out' }),
    ]);
    expect(words).toEqual({ done: 1, notSignedIn: 1 });
    expect((await engine.read((tx) => tx.accounts.privileged())).filter(isUsableOwner)).toHaveLength(1);
  });

  test('R40 the last usable owner cannot be demoted or suspended, whoever else has the name of one', async () => {
    const engine = await openEngine();
    const ada = await ownerOf(engine);
    const ben = await colleague(engine, 'owner', { name: 'Ben Owner' });
    const cai = await colleague(engine, 'owner', { name: 'Cai Owner' });
    await ada.api.admin.users.suspend({ id: cai.id, reason: 'On leave' });
    // Behind everybody's back: nothing in the product takes an owner's own usability away.
    await engine.deps.store.transaction((tx) => tx.accounts.change(ada.id, { passwordHash: null }));
    const suspended = ada.api.admin.users.suspend({ id: ben.id, reason: 'Out' });
    expect(await refusalOf(suspended)).toMatchObject({ code: 'lastOwner' });
    const demoted = ada.api.admin.users.changeRole({ id: ben.id, role: 'admin', ...UNPROVEN });
    expect(await refusalOf(demoted)).toMatchObject({ code: 'lastOwner' });
  });
});

test('S42 no procedure for admins or help desk takes anybody’s new password', () => {
  const doors = PROCEDURES.filter(({ path }) => /^(admin|helpDesk)\./.test(path)).map(({ path }) => path);
  expect(doors.length).toBeGreaterThan(20);
  expect(doors.filter((path) => /password/i.test(path))).toEqual([]);
});

test('S42 an extra key that names a password is refused wherever a user is added, edited or reset', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const member = await colleague(engine, 'member');
  const before = (await accountOf(engine, member.email)).passwordHash;
  for (const key of ['password', 'newPassword', 'passwordHash', 'joinedAt', 'twoStep']) {
    const acts = {
      'admin.users.add': { name: 'New', email: 'new@example.org', phone: null, role: 'member' },
      'admin.users.edit': inputOf('edit', member.id),
      'helpDesk.resetTwoStep': inputOf('resetTwoStep', member.id),
    };
    for (const [path, input] of Object.entries(acts)) {
      const verdict = await verdictOf(callByPath(owner, path, { ...input, [key]: 'chosen by another' }));
      expect([path, wordFor(verdict)]).toEqual([path, 'invalidInput']);
    }
  }
  expect((await accountOf(engine, member.email)).passwordHash).toBe(before);
  expect(await engine.read((tx) => tx.accounts.findByEmailKey('new@example.org'))).toBeNull();
});
