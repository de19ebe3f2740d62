import { expect, test } from 'vitest';
import type { Account } from '../../../src-main/domain/account.ts';
import { type Policy, policyOf } from '../../../src-main/domain/policy.ts';
import { DAY } from '../../../src-main/domain/values.ts';
import { newAccount } from '../../../src-main/use-cases/set-up/create-workspace.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { addAccount, protectedOwner, signedIn } from '../../attacks/support/people.ts';
import { expectRefusal } from '../../attacks/support/verdict.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { OWNER, type Person } from '../../support/person.ts';
import { MANAGER, MEMBER } from './admin.ts';

const REQUIRED: Policy = { ...policyOf('strong'), enforcement: 'required', complianceDays: 3 };

async function add(engine: Engine, id: string, change: Partial<Account> = {}): Promise<void> {
  const address = { email: `${id}@example.org`, key: `${id}@example.org` };
  const account = newAccount(id, `Name of ${id}`, address, 'member', 'hash', engine.clock.now());
  await engine.deps.store.transaction((tx) => tx.accounts.add({ ...account, ...change }));
}

/** Some people of every kind. */
async function someOfEach(): Promise<{ engine: Engine; owner: Person }> {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  await add(engine, 'off');
  await add(engine, 'phone', { phone: '+4915112345678' });
  await add(engine, 'late');
  await add(engine, 'safe');
  await add(engine, 'reset', { mustEnrolSince: 5 });
  await add(engine, 'suspended', { suspendedAt: 1 });
  await add(engine, 'invited', { passwordHash: null });
  await engine.deps.store.transaction(async (tx) => {
    const base = { reason: 'r', createdBy: 'x', createdAt: 0, groupId: null };
    await tx.exceptions.add({ ...base, id: 'b', kind: 'breakGlass', accountId: 'safe', until: null });
    const until = engine.clock.now() + 30 * DAY;
    await tx.exceptions.add({ ...base, id: 'e', kind: 'extension', accountId: 'late', until });
  });
  return { engine, owner };
}

test('R36 before enforcing, an admin sees how many would have to set it up, have longer, are excepted or are done; it changes nothing', async () => {
  const { engine, owner } = await someOfEach();
  const entries = await auditedBy(engine, async () => {
    expect(await owner.api.admin.policy.preview({ draft: REQUIRED })).toEqual({
      total: 6,
      enrolled: 1,
      mustEnrol: 3,
      lockedOut: 0,
      extended: 1,
      breakGlass: 1,
      methodGone: 0,
      missingPhone: 0,
    });
  });
  expect(entries).toEqual([]);
  expect((await owner.api.admin.policy.see()).version).toBe(1);
});

test('R36 exactly who, by address, with the deadline and the reason', async () => {
  const { engine, owner } = await someOfEach();
  const now = engine.clock.now();
  const line = (id: string, kind: string, deadline: number | null, why: string) => {
    return { id, name: `Name of ${id}`, email: `${id}@example.org`, role: 'member', kind, deadline, why };
  };
  const people = (kind: 'mustEnrol' | 'extended' | 'breakGlass') =>
    owner.api.admin.policy.previewPeople({ draft: REQUIRED, kind, cursor: null });
  expect(await people('mustEnrol')).toEqual({
    rows: [
      line('off', 'mustEnrol', now + 3 * DAY, 'twoStepOff'),
      line('phone', 'mustEnrol', now + 3 * DAY, 'twoStepOff'),
      line('reset', 'mustEnrol', 5, 'reset'),
    ],
    next: null,
  });
  expect((await people('extended')).rows).toEqual([line('late', 'extended', now + 30 * DAY, 'extension')]);
  expect((await people('breakGlass')).rows).toEqual([line('safe', 'breakGlass', null, 'breakGlass')]);
});

test('R36 who would be locked out today: not set up, no time, and policy refuses; never who was reset, has longer or is excepted', async () => {
  const { owner } = await someOfEach();
  const draft: Policy = { ...REQUIRED, complianceDays: 0, afterDeadline: 'block' };
  expect(await owner.api.admin.policy.preview({ draft })).toMatchObject({ lockedOut: 2, mustEnrol: 1, extended: 1 });
  const { rows } = await owner.api.admin.policy.previewPeople({ draft, kind: 'lockedOut', cursor: null });
  expect(rows.map(({ id, why }) => [id, why])).toEqual([
    ['off', 'twoStepOff'],
    ['phone', 'twoStepOff'],
  ]);
});

test('R31 while text messages are chosen, and only then, who has no phone number is listed', async () => {
  const { engine, owner } = await someOfEach();
  const classic: Policy = { ...policyOf('classic'), enforcement: 'required' };
  expect(await owner.api.admin.policy.preview({ draft: classic })).toMatchObject({ missingPhone: 5 });
  const { rows } = await owner.api.admin.policy.previewPeople({ draft: classic, kind: 'missingPhone', cursor: null });
  expect(rows.map(({ email, why }) => [email, why])).toEqual([
    [OWNER.email, 'noPhone'],
    ...['late', 'off', 'reset', 'safe'].map((id) => [`${id}@example.org`, 'noPhone']),
  ]);
  expect(await owner.api.admin.policy.preview({ draft: REQUIRED })).toMatchObject({ missingPhone: 0 });
  expect(await engine.letters()).toHaveLength(2); // the owner's own enabling, and nothing else
});

test('R29 S79 who has nothing but a method that would be removed is counted as guided to another, not as locked out', async () => {
  const { owner } = await someOfEach();
  const draft: Policy = { ...REQUIRED, methods: { ...REQUIRED.methods, email: 'blocked' }, afterDeadline: 'block' };
  expect(await owner.api.admin.policy.preview({ draft })).toMatchObject({ methodGone: 1, enrolled: 0, lockedOut: 0 });
});

test('R36 an address at the end of a page is on one page only; a hundred are on one', async () => {
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  const ids = Array.from({ length: 205 }, (_, index) => `p${String(index).padStart(3, '0')}`);
  for (const id of ids) await add(engine, id);
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof owner.api.admin.policy.previewPeople>> =
      await owner.api.admin.policy.previewPeople({ draft: REQUIRED, kind: 'mustEnrol', cursor });
    pages.push(page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  expect(pages.map(({ length }) => length)).toEqual([100, 100, 5]);
  expect(pages.flat()).toEqual(ids);
});

test('R36 S57 the export holds everybody who can sign in, with formulas made harmless; it is on record once', async () => {
  const { engine, owner } = await someOfEach();
  await add(engine, 'evil', { name: '=HYPERLINK("http://x")' });
  const entries = await auditedBy(engine, async () => {
    const first = await owner.api.admin.policy.previewCsv({ draft: REQUIRED, cursor: null });
    expect(first).toMatchObject({ next: null, done: 7, total: 7 });
    const lines = first.csv.split('\r\n');
    const deadline = new Date(engine.clock.now() + 3 * DAY).toISOString();
    expect(lines[0]).toBe('Name,Email,Role,Effect,Why,Deadline (UTC),Phone');
    expect(lines).toContain(`Name of off,off@example.org,member,mustEnrol,twoStepOff,${deadline},missing`);
    expect(lines).toContain(
      `"'=HYPERLINK(""http://x"")",evil@example.org,member,mustEnrol,twoStepOff,${deadline},missing`,
    );
    expect(lines).toHaveLength(9);
  });
  expect(entries).toMatchObject([{ kind: 'usersExported', detail: { reason: 'policy impact', count: 7 } }]);
});

test('R36 S57 an export of more than a piece has one header, everybody once, and one entry', async () => {
  const engine = await openEngine({ durability: 'none' });
  const { owner } = await protectedOwner(engine);
  for (let index = 0; index < 1_001; index += 1) await add(engine, `p${index}`);
  const entries = await auditedBy(engine, async () => {
    const first = await owner.api.admin.policy.previewCsv({ draft: REQUIRED, cursor: null });
    expect(first).toMatchObject({ done: 1_000, total: 1_002 });
    const second = await owner.api.admin.policy.previewCsv({ draft: REQUIRED, cursor: first.next });
    expect(second).toMatchObject({ done: 1_002, total: 1_002, next: null });
    const lines = (first.csv + second.csv).split('\r\n').filter((line) => line !== '');
    expect([lines.length, new Set(lines).size]).toEqual([1_003, 1_003]);
  });
  expect(entries).toMatchObject([{ kind: 'usersExported', detail: { count: 1_002 } }]);
});

test('S39 R23 whoever may only view sees the preview; a member does not', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  await addAccount(engine, MANAGER, 'manager');
  await addAccount(engine, MEMBER);
  const { manager } = await engine.read((tx) => tx.roles.matrix());
  await engine.deps.store.transaction((tx) => tx.roles.put('manager', { ...manager, generalSettings: 'view' }, 0));
  const viewer = await signedIn(engine, MANAGER);
  expect(await viewer.api.admin.policy.preview({ draft: REQUIRED })).toMatchObject({ total: 3, mustEnrol: 2 });
  const member = await signedIn(engine, MEMBER);
  await expectRefusal(member.api.admin.policy.preview({ draft: REQUIRED }), 'forbidden');
});

test('R40 S39 exactly who, and the export, is for those who may view users as well; the counts are not', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  await addAccount(engine, MANAGER, 'manager');
  const { manager } = await engine.read((tx) => tx.roles.matrix());
  const permit = (change: Partial<typeof manager>) =>
    engine.deps.store.transaction((tx) => tx.roles.put('manager', { ...manager, ...change }, 0));
  const { policy } = (await signedIn(engine, MANAGER)).api.admin;
  const people = () => policy.previewPeople({ draft: REQUIRED, kind: 'mustEnrol', cursor: null });
  const csv = () => policy.previewCsv({ draft: REQUIRED, cursor: null });
  for (const change of [{ users: 'none' }, { users: 'view', generalSettings: 'none' }] as const) {
    await permit(change);
    const entries = await auditedBy(engine, async () => {
      for (const call of [people, csv]) await expectRefusal(call(), 'forbidden');
    });
    expect(entries.map(({ kind, detail }) => [kind, detail.reason])).toEqual([
      ['accessDenied', 'admin.policy.previewPeople'],
      ['accessDenied', 'admin.policy.previewCsv'],
    ]);
  }
  await permit({ users: 'none' });
  expect(await policy.preview({ draft: REQUIRED })).toMatchObject({ total: 2, mustEnrol: 1 });
  await permit({ users: 'view', generalSettings: 'view' });
  expect((await people()).rows).toHaveLength(1);
  expect((await csv()).csv).toContain(MANAGER.email);
});

test('R24 R36 what is required already keeps its beginning: the preview of a longer period says by when', async () => {
  const { engine, owner } = await someOfEach();
  const since = engine.clock.now();
  await engine.deps.store.transaction((tx) => tx.workspace.changePolicy(REQUIRED, since, since));
  engine.clock.advance(10 * 60_000);
  const draft = { ...REQUIRED, complianceDays: 9 };
  const { rows } = await owner.api.admin.policy.previewPeople({ draft, kind: 'mustEnrol', cursor: null });
  expect(rows.map(({ deadline }) => deadline)).toEqual([since + 9 * DAY, since + 9 * DAY, 5]);
});
