import { describe, expect, test } from 'vitest';
import { type Policy, policyOf } from '../../../src-main/domain/policy.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import {
  accountOf,
  addAccount,
  copiesOf,
  fullySignedIn,
  pendingSignIn,
  protectedOwner,
  sessionsOf,
  signedIn,
} from '../../attacks/support/people.ts';
import { expectRefusal, tally } from '../../attacks/support/verdict.ts';
import { openEngine } from '../../support/engine.ts';
import { OWNER, refusalOf } from '../../support/person.ts';
import { changePolicyTo, MANAGER, MEMBER, policyProof, twoAdmins } from './admin.ts';

const STRONG = policyOf('strong');
const REQUIRED: Policy = { ...STRONG, enforcement: 'required', complianceDays: 3 };

test('R24 an admin who has it makes it required with a mailed code; what changed is on record, and since when', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const proof = await policyProof(engine, owner);
  const entries = await auditedBy(engine, async () => {
    expect(await owner.api.admin.policy.change({ expectedVersion: 1, policy: REQUIRED, proof })).toEqual({
      version: 2,
    });
  });
  const { id } = await accountOf(engine);
  expect(entries).toMatchObject([
    {
      kind: 'policyChanged',
      actorId: id,
      detail: {
        before: 'enforcement: optional, complianceDays: 0',
        after: 'enforcement: required, complianceDays: 3',
      },
    },
    { kind: 'jobStarted', detail: { reason: 'setupInstructions' } },
  ]);
  expect(await owner.api.admin.policy.see()).toMatchObject({
    version: 2,
    policy: REQUIRED,
    requiredSince: engine.clock.now(),
    canChange: true,
    ownTwoStep: 'active',
    counts: { total: 1, active: 1, off: 0 },
  });
});

test('R24 a recovery code confirms a change as well, and is used up', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const change = { expectedVersion: 1, policy: REQUIRED, proof: { method: 'recoveryCode' as const, code: codes[0] } };
  expect(await owner.api.admin.policy.change(change)).toEqual({ version: 2 });
  await expectRefusal(
    owner.api.admin.policy.change({ ...change, expectedVersion: 2, policy: STRONG }),
    'recoveryCodeRejected',
  );
  expect((await owner.api.admin.policy.see()).version).toBe(2);
});

test('R25 S38 an admin without it may not require it of others, and it costs them no code; a policy that stays optional they may change', async () => {
  const engine = await openEngine();
  const { manager } = await twoAdmins(engine);
  const proof = await policyProof(engine, manager, MANAGER.email);
  const change = { expectedVersion: 1, policy: REQUIRED, proof };
  const entries = await auditedBy(engine, () =>
    expectRefusal(manager.api.admin.policy.change(change), 'enrolYourselfFirst'),
  );
  expect(entries).toMatchObject([{ kind: 'policyRefused', detail: { reason: 'enrolYourselfFirst' } }]);
  const weekly = { ...change, policy: { ...STRONG, trust: '7d' as const } };
  expect(await manager.api.admin.policy.change(weekly)).toEqual({ version: 2 });
});

test('R27 turning it off takes a code too; who has it keeps it, who has not signs in with the password alone', async () => {
  const engine = await openEngine();
  const { owner } = await twoAdmins(engine);
  await changePolicyTo(engine, owner, { enforcement: 'required', complianceDays: 0 });
  const present = await owner.api.admin.policy.see();
  const wrong = { method: 'email' as const, challengeId: 'unknown', code: '000000' };
  const change = { expectedVersion: present.version, policy: { ...present.policy, enforcement: 'optional' as const } };
  await expectRefusal(owner.api.admin.policy.change({ ...change, proof: wrong }), 'challengeExpired');
  await owner.api.admin.policy.change({ ...change, proof: await policyProof(engine, owner) });
  await signedIn(engine, MANAGER);
  expect((await accountOf(engine)).twoStep).toBe('active');
  await fullySignedIn(engine);
  expect(await owner.api.admin.policy.see()).toMatchObject({ requiredSince: null });
});

test('R29 S15 a change ends no session, voids every sign-in that is under way, and rotates the acting session', async () => {
  const engine = await openEngine();
  const { owner } = await twoAdmins(engine);
  const other = await fullySignedIn(engine);
  const pending = await pendingSignIn(engine);
  const [oldSeat = owner] = copiesOf(engine, owner, 1);
  const before = await sessionsOf(engine);
  await changePolicyTo(engine, owner, { trust: '1d' });
  expect(await sessionsOf(engine)).toBe(before);
  await other.api.self.sessions.list();
  await owner.api.self.sessions.list();
  await expectRefusal(oldSeat.api.self.sessions.list(), 'notSignedIn');
  const { challengeId, code } = pending;
  await expectRefusal(pending.api.open.signIn.prove({ method: 'email', challengeId, code }), 'signInExpired');
});

test('R43 the log says with what a change of policy and a change of role were proven', async () => {
  const engine = await openEngine();
  const { owner, codes } = await twoAdmins(engine);
  const { id } = await accountOf(engine, MANAGER.email);
  const proof = { method: 'recoveryCode' as const, code: codes[0] };
  const entries = await auditedBy(engine, async () => {
    await changePolicyTo(engine, owner, { trust: '7d' });
    await owner.api.admin.users.changeRole({ id, role: 'member', currentPassword: OWNER.password, proof });
  });
  const acts = entries.filter(({ kind }) => kind !== 'codeSent').map(({ kind, detail }) => [kind, detail.method]);
  expect(acts).toEqual([
    ['policyChanged', 'email'],
    ['roleChanged', 'recoveryCode'],
  ]);
});

test('R24 a policy that differs in nothing is refused on record, and the code goes on to be good for one that does', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const proof = await policyProof(engine, owner);
  const { policy } = owner.api.admin;
  const change = (wanted: Policy) => policy.change({ expectedVersion: 1, policy: wanted, proof });
  const entries = await auditedBy(engine, () => expectRefusal(change(STRONG), 'invalidInput'));
  expect(entries).toMatchObject([{ kind: 'policyRefused', detail: { reason: 'invalidInput' } }]);
  expect((await policy.see()).version).toBe(1);
  expect(await change({ ...STRONG, trust: '7d' })).toEqual({ version: 2 });
});

describe('two admins', () => {
  test('S40 who change it at once: one wins, the other is told that it changed meanwhile and keeps their code', async () => {
    const engine = await openEngine();
    const { owner, manager } = await twoAdmins(engine);
    const [ownProof, otherProof] = [
      await policyProof(engine, owner),
      await policyProof(engine, manager, MANAGER.email),
    ];
    const daily = { expectedVersion: 1, policy: { ...STRONG, trust: '1d' as const }, proof: ownProof };
    const weekly = { expectedVersion: 1, policy: { ...STRONG, trust: '7d' as const }, proof: otherProof };
    const entries = await auditedBy(engine, async () => {
      const words = await tally([owner.api.admin.policy.change(daily), manager.api.admin.policy.change(weekly)]);
      expect(words).toEqual({ done: 1, changedMeanwhile: 1 });
    });
    expect(entries.map(({ kind }) => kind).sort()).toEqual(['policyChanged', 'policyRefused']);
    const { version, policy } = await owner.api.admin.policy.see();
    expect(version).toBe(2);
    const [loser, change] = policy.trust === '1d' ? [manager, weekly] : [owner, daily];
    expect(await loser.api.admin.policy.change({ ...change, expectedVersion: 2 })).toEqual({ version: 3 });
  });

  test('S40 twenty at once with one code: one version', async () => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const proof = await policyProof(engine, owner);
    const seats = copiesOf(engine, owner, 20);
    const change = { expectedVersion: 1, policy: REQUIRED, proof };
    const words = await tally(seats.map((seat) => seat.api.admin.policy.change(change)));
    expect(words.done).toBe(1);
    expect((await engine.read((tx) => tx.workspace.policy())).version).toBe(2);
  });
});

describe('S39 the permission', () => {
  test('R23 a manager may change policy as long as the role manages General settings; a member never', async () => {
    const engine = await openEngine();
    const { manager } = await twoAdmins(engine);
    await addAccount(engine, MEMBER);
    const member = await signedIn(engine, MEMBER);
    await expectRefusal(member.api.admin.policy.see(), 'forbidden');
    expect(await manager.api.admin.policy.see()).toMatchObject({ canChange: true, ownTwoStep: 'off' });
    const { manager: managers } = await engine.read((tx) => tx.roles.matrix());
    await engine.deps.store.transaction((tx) =>
      tx.roles.put('manager', { ...managers, generalSettings: 'view' }, engine.clock.now()),
    );
    expect(await manager.api.admin.policy.see()).toMatchObject({ canChange: false });
    await expectRefusal(manager.api.admin.policy.sendCode(), 'forbidden');
  });

  test('a role that is taken away while the change is weighed is no longer enough', async () => {
    let weighing: () => Promise<void> = async () => undefined;
    const engine = await openEngine();
    const { owner, codes } = await protectedOwner(engine);
    const { id } = await accountOf(engine);
    const passwordHash = {
      ...engine.deps.passwordHash,
      verify: async (encoded: string, secret: string) => {
        await weighing();
        return engine.deps.passwordHash.verify(encoded, secret);
      },
    };
    const slow = { ...engine, deps: { ...engine.deps, passwordHash } };
    const [seat = owner] = copiesOf(slow, owner, 1);
    weighing = () => engine.deps.store.transaction((tx) => tx.accounts.change(id, { role: 'member' }));
    const proof = { method: 'recoveryCode' as const, code: codes[0] };
    const entries = await auditedBy(engine, () =>
      expectRefusal(seat.api.admin.policy.change({ expectedVersion: 1, policy: REQUIRED, proof }), 'forbidden'),
    );
    expect(entries).toMatchObject([{ kind: 'accessDenied', detail: { reason: 'forbidden' } }]);
    expect((await engine.read((tx) => tx.workspace.policy())).version).toBe(1);
  });
});

test.each([-1, 11])('S36 R24 %i days are refused with a word on the field', async (complianceDays) => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const proof = await policyProof(engine, owner);
  const refusal = await refusalOf(
    owner.api.admin.policy.change({ expectedVersion: 1, policy: { ...REQUIRED, complianceDays }, proof }),
  );
  expect(refusal).toEqual({ code: 'invalidInput', data: { fields: { complianceDays: 'Choose 0 to 10 days.' } } });
});

test('S79 R29 a method that is removed is still asked of who has nothing else', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const { policy } = await engine.read((tx) => tx.workspace.policy());
  const methods = { ...policy.methods, email: 'legacy' as const };
  const proof = await policyProof(engine, owner);
  const refusal = await refusalOf(
    owner.api.admin.policy.change({
      expectedVersion: 1,
      policy: { ...policy, methods: { ...methods, email: 'blocked' } },
      proof,
    }),
  );
  expect(refusal).toEqual({ code: 'policyUnfit', data: { reason: 'methodNotWorking' } });
  // What this version's admin may not do yet, a later one may: the account that has only it gets in all the same.
  await engine.deps.store.transaction((tx) =>
    tx.workspace.changePolicy({ ...policy, methods: { ...methods, email: 'blocked' } }, null, engine.clock.now()),
  );
  await fullySignedIn(engine);
});
