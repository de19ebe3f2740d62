import { expect, test } from 'vitest';
import { NO_EXEMPTION } from '../../../src-main/domain/compliance.ts';
import type { PolicyException } from '../../../src-main/domain/exception.ts';
import type { Job } from '../../../src-main/domain/job.ts';
import { policyOf } from '../../../src-main/domain/policy.ts';
import { DEFAULT_ROLES } from '../../../src-main/domain/role.ts';
import type { TrustedDevice } from '../../../src-main/domain/trusted-device.ts';
import type { Store } from '../../../src-main/ports/store.ts';
import { account, atOnce, type OpenStore, T0 } from './samples.ts';

async function withPeople(open: OpenStore): Promise<Store> {
  const store = await open();
  await store.transaction(async (tx) => {
    for (const id of ['ada', 'bob']) await tx.accounts.add(account({ id }));
  });
  return store;
}

export function policyContract(open: OpenStore): void {
  test('R23 each change of policy is a new version; the newest is in force', async () => {
    const store = await open();
    const strong = policyOf('strong');
    const required = { ...strong, enforcement: 'required' as const };
    await store.transaction((tx) => tx.workspace.create({ name: 'W', template: 'strong', createdAt: T0 }, strong));
    const second = { version: 2, policy: required, requiredSince: T0 + 1 };
    expect(await store.transaction((tx) => tx.workspace.changePolicy(required, T0 + 1, T0 + 1))).toEqual(second);
    expect(await store.read((tx) => tx.workspace.policy())).toEqual(second);
    await store.transaction((tx) => tx.workspace.changePolicy(strong, null, T0 + 2));
    expect(await store.read((tx) => tx.workspace.policy())).toEqual({
      version: 3,
      policy: strong,
      requiredSince: null,
    });
  });

  test('R40 roles may what they come with until one is edited, and what was edited last', async () => {
    const store = await open();
    expect(await store.read((tx) => tx.roles.matrix())).toEqual(DEFAULT_ROLES);
    const helpDesk = { ...DEFAULT_ROLES.helpDesk, users: 'none' as const };
    await store.transaction((tx) => tx.roles.put('helpDesk', { ...helpDesk, reports: 'view' }, T0));
    await store.transaction((tx) => tx.roles.put('helpDesk', helpDesk, T0 + 1));
    expect(await store.read((tx) => tx.roles.matrix())).toEqual({ ...DEFAULT_ROLES, helpDesk });
  });

  test('R37 a group’s name is taken however it is written; members count once', async () => {
    const store = await withPeople(open);
    const night = { id: 'night', name: 'Night shift', createdAt: T0 };
    await store.transaction(async (tx) => {
      expect(await tx.groups.add(night)).toBe(true);
      expect(await tx.groups.add({ id: 'other', name: 'NIGHT shift', createdAt: T0 })).toBe(false);
      expect(await tx.groups.add({ id: 'board', name: 'Board', createdAt: T0 })).toBe(true);
      expect(await tx.groups.rename('board', 'night Shift')).toBe(false);
      expect(await tx.groups.rename('nobody', 'Free')).toBe(false);
      expect(await tx.groups.rename('night', 'Night Shift')).toBe(true);
      expect(await tx.groups.addMember('night', 'ada')).toBe(true);
      expect(await tx.groups.addMember('night', 'ada')).toBe(false);
    });
    expect(await store.read((tx) => tx.groups.list())).toEqual([
      { id: 'board', name: 'Board', createdAt: T0, members: 0 },
      { ...night, name: 'Night Shift', members: 1 },
    ]);
    expect((await store.read((tx) => tx.groups.groupsOf('ada'))).map(({ id }) => id)).toEqual(['night']);
    expect(await store.transaction((tx) => tx.groups.removeMember('night', 'ada'))).toBe(true);
    expect(await store.transaction((tx) => tx.groups.remove('night'))).toBe(true);
    expect(await store.read((tx) => tx.groups.find('night'))).toBe(null);
  });

  test('R37 an account has its own exceptions and those of its groups: the longest extension counts', async () => {
    const store = await withPeople(open);
    const exception = (change: Partial<PolicyException>): PolicyException => ({
      id: 'one',
      kind: 'extension',
      accountId: null,
      groupId: null,
      until: T0,
      reason: 'On leave',
      createdBy: 'bob',
      createdAt: T0,
      ...change,
    });
    const group = exception({ groupId: 'night', until: T0 + 5 });
    await store.transaction(async (tx) => {
      await tx.groups.add({ id: 'night', name: 'Night shift', createdAt: T0 });
      await tx.groups.addMember('night', 'ada');
      await tx.exceptions.add(group);
      await tx.exceptions.add(exception({ id: 'two', accountId: 'ada', until: T0 + 3, createdAt: T0 + 1 }));
    });
    const exemptionOf = (id: string) => store.read((tx) => tx.exceptions.exemptionFor(id));
    expect(await exemptionOf('ada')).toEqual({ breakGlass: false, extendedUntil: T0 + 5 });
    expect(await exemptionOf('bob')).toEqual(NO_EXEMPTION);
    await store.transaction((tx) =>
      tx.exceptions.add(
        exception({ id: 'three', kind: 'breakGlass', accountId: 'bob', until: null, createdAt: T0 + 2 }),
      ),
    );
    expect(await exemptionOf('bob')).toEqual({ breakGlass: true, extendedUntil: null });
    expect((await store.read((tx) => tx.exceptions.list())).map(({ id }) => id)).toEqual(['three', 'two', 'one']);
    expect(await store.transaction((tx) => tx.exceptions.remove('one'))).toEqual(group);
    expect(await store.transaction((tx) => tx.exceptions.remove('one'))).toBe(null);
    expect(await exemptionOf('ada')).toEqual({ breakGlass: false, extendedUntil: T0 + 3 });
  });

  test('R28 of twenty jobs of a kind begun at once one runs; only a running one moves on or ends', async () => {
    const store = await withPeople(open);
    const job = (id: string): Job => ({
      id,
      kind: 'setupInstructions',
      state: 'running',
      phase: null,
      reason: null,
      cursor: '',
      done: 0,
      total: 2,
      createdBy: 'bob',
      createdAt: T0,
      endedAt: null,
    });
    const won = await atOnce(20, (index) => store.transaction((tx) => tx.jobs.add(job(`job ${index}`))));
    expect(won.filter(Boolean)).toHaveLength(1);
    const id = `job ${won.indexOf(true)}`;
    await store.transaction(async (tx) => {
      expect(await tx.jobs.advance(id, 'ada', 1)).toBe(true);
      expect(await tx.jobs.running('setupInstructions')).toEqual({ ...job(id), cursor: 'ada', done: 1 });
      expect(await tx.jobs.end(id, 'cancelled', T0 + 9)).toBe(true);
      expect(await tx.jobs.end(id, 'done', T0 + 10)).toBe(false);
      expect(await tx.jobs.advance(id, 'bob', 2)).toBe(false);
      expect(await tx.jobs.running('setupInstructions')).toBe(null);
    });
    expect(await store.read((tx) => tx.jobs.latest('setupInstructions'))).toMatchObject({
      id,
      state: 'cancelled',
      done: 1,
    });
  });

  test('R39 an import and long work of another kind run side by side; a phase is turned to while it runs', async () => {
    const store = await withPeople(open);
    const job: Job = {
      ...{ id: 'letters', kind: 'setupInstructions', state: 'running', phase: null, reason: null, cursor: '', done: 0 },
      ...{ total: 2, createdBy: 'bob', createdAt: T0, endedAt: null },
    };
    await store.transaction(async (tx) => {
      expect(await tx.jobs.add(job)).toBe(true);
      expect(await tx.jobs.add({ ...job, id: 'people', kind: 'userImport', phase: 'adding' })).toBe(true);
      expect(await tx.jobs.turn('people', 'undoing', 1, 'emailTaken')).toBe(true);
      expect(await tx.jobs.running('userImport')).toMatchObject({ phase: 'undoing', done: 1, reason: 'emailTaken' });
      expect(await tx.jobs.end('people', 'failed', T0 + 1)).toBe(true);
      expect(await tx.jobs.turn('people', 'adding', 0, null)).toBe(false);
    });
    expect(await store.read((tx) => tx.jobs.latest('userImport'))).toMatchObject({
      ...{ state: 'failed', phase: 'undoing', reason: 'emailTaken' },
    });
  });

  test('R39 what a job still has to do is kept in pieces, found by number, and taken away', async () => {
    const store = await withPeople(open);
    const job = { kind: 'userImport', state: 'running', phase: 'adding', reason: null, cursor: '', done: 0 } as const;
    const piece = (number: number) => ({ jobId: 'people', number, content: `piece ${number}` });
    await store.transaction(async (tx) => {
      await tx.jobs.add({ ...job, id: 'people', total: 3, createdBy: 'bob', createdAt: T0, endedAt: null });
      for (const number of [0, 1, 41]) await tx.jobPieces.add(piece(number));
    });
    expect(await store.read((tx) => tx.jobPieces.find('people', 41))).toEqual(piece(41));
    expect(await store.read((tx) => tx.jobPieces.find('people', 2))).toBe(null);
    await store.transaction((tx) => tx.jobPieces.remove('people', 1));
    expect(await store.read((tx) => tx.jobPieces.find('people', 1))).toBe(null);
    expect(await store.transaction((tx) => tx.jobPieces.drop('people', 1))).toBe(1);
    expect(await store.transaction((tx) => tx.jobPieces.drop('people', 5))).toBe(1);
    expect(await store.transaction((tx) => tx.jobPieces.drop('people', 5))).toBe(0);
  });

  test('R39 many who have not joined are taken out, whoever has stays, and nothing is left of them to clear away', async () => {
    const store = await open();
    const invited = ['i1', 'i2', 'i3'].map((id) => account({ id, passwordHash: null }));
    await store.transaction(async (tx) => {
      for (const each of [account({ id: 'ada' }), ...invited]) await tx.accounts.add(each);
    });
    const remove = (...ids: string[]) => store.transaction((tx) => tx.people.removeInvited(ids));
    expect(await remove('i1', 'ada', 'nobody', 'i3')).toEqual(['i1', 'i3']);
    expect((await store.read((tx) => tx.accounts.list())).map(({ id }) => id).sort()).toEqual(['ada', 'i2']);
    expect(await store.read((tx) => tx.people.totals(T0))).toMatchObject({ total: 2, invited: 1 });
    let from: 'beginning' | 'goingOn' = 'beginning';
    while (await store.transaction((tx) => tx.people.tidy(from))) from = 'goingOn';
    expect(await store.transaction((tx) => tx.people.tidy('goingOn'))).toBe(false);
    expect(await remove('i2')).toEqual(['i2']);
  });

  test('S32 of twenty uses of one trusted device’s secret exactly one gets the next', async () => {
    const store = await withPeople(open);
    const device: TrustedDevice = {
      id: 'desk',
      accountId: 'ada',
      secretHash: 'first',
      epoch: 1,
      policyVersion: 1,
      client: 'Chromium on Linux',
      createdAt: T0,
      lastUsedAt: T0,
      expiresAt: T0 + 10,
    };
    await store.transaction(async (tx) => {
      await tx.trustedDevices.add(device);
      await tx.trustedDevices.add({ ...device, id: 'lap', lastUsedAt: T0 + 1, expiresAt: T0 + 20 });
    });
    const won = await atOnce(20, (index) =>
      store.transaction((tx) => tx.trustedDevices.rotate('desk', 'first', `next ${index}`, T0 + 2)),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    const used = { ...device, secretHash: `next ${won.indexOf(true)}`, lastUsedAt: T0 + 2 };
    expect(await store.read((tx) => tx.trustedDevices.find('desk'))).toEqual(used);
    expect((await store.read((tx) => tx.trustedDevices.listFor('ada'))).map(({ id }) => id)).toEqual(['desk', 'lap']);
    await store.transaction((tx) => tx.sessions.sweep(T0 + 10));
    expect((await store.read((tx) => tx.trustedDevices.listFor('ada'))).map(({ id }) => id)).toEqual(['lap']);
    expect(await store.transaction((tx) => tx.trustedDevices.removeAllFor('ada'))).toBe(1);
  });

  test('R40 the privileged are few and found as such; everybody else is gone through in pieces', async () => {
    const store = await withPeople(open);
    await store.transaction((tx) => tx.accounts.add(account({ id: 'cleo', role: 'helpDesk' })));
    expect((await store.read((tx) => tx.accounts.privileged())).map(({ id }) => id)).toEqual(['cleo']);
    const piece = async (after: string) =>
      (await store.read((tx) => tx.accounts.listAfter(after, 2))).map(({ id }) => id);
    expect([await piece(''), await piece('bob'), await piece('cleo')]).toEqual([['ada', 'bob'], ['cleo'], []]);
  });

  test('R20 R42 what an admin sets on an account is kept', async () => {
    const store = await withPeople(open);
    const set = {
      allowlist: ['10.0.0.0/8', '2001:db8::1/128'],
      phone: '+4930123456',
      suspendedAt: T0,
      mustEnrolSince: T0 + 1,
      joinedAt: T0 + 2,
      passwordHash: null,
    };
    await store.transaction((tx) => tx.accounts.change('ada', set));
    expect(await store.read((tx) => tx.accounts.find('ada'))).toEqual(account({ id: 'ada', ...set }));
  });
}
