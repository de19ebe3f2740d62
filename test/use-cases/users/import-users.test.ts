import { describe, expect, test } from 'vitest';
import type { Pause } from '../../../src-main/ports/deps.ts';
import { auditedBy, auditOf } from '../../attacks/support/audit.ts';
import { changedTables, dumpOf } from '../../attacks/support/database.ts';
import { accountOf, withDeps } from '../../attacks/support/people.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { personAt, refusalOf } from '../../support/person.ts';
import { type Colleague, colleague, ownerOf } from '../../support/staff.ts';

/** So many people who are not there yet. */
function fileOf(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, n) => `Person ${n},person${n}@example.org,+1 202 555 ${1000 + n},member`,
  );
  return ['name,email,phone,role', ...lines].join('\n');
}

/** How the import ended. */
async function ended(engine: Engine, { api }: Colleague, importId: string) {
  for (;;) {
    const progress = await api.admin.users.importState({ importId });
    if (progress.state !== 'running') return progress;
    await engine.deps.pause.breathe();
  }
}

/** Of the pauses for 60 people: two of reading, three of preparing, then one before each twenty that are added. */
const AMID_ADDING = 7;

/** The same workspace and people, with something done at one of the pauses of the work. */
function atPause<P extends Colleague>(engine: Engine, person: P, which: number, act: () => unknown): P {
  let pauses = 0;
  const pause: Pause = {
    async breathe() {
      if (++pauses === which) await act();
      await engine.deps.pause.breathe();
    },
  };
  const seat = personAt(withDeps(engine, { pause }));
  seat.jar.session = person.jar.session;
  return { ...person, ...seat };
}

describe('R39 a file of people', () => {
  test('is looked through first: how many, who, and what is wrong where; and nothing is done', async () => {
    const engine = await openEngine();
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    const csv = [
      'Name;Role;Phone;Email',
      'Grace Hopper;help desk;+44 20 7946 0958;grace@example.org',
      ';;;nobody@example.org',
      'Ada Again;;;ADA@example.org',
      'Grace Again;;;Grace@Example.org',
      'High Up;owner;;high@example.org',
      'Peer;admin;;peer@example.org',
      'Odd;boss;12;odd',
    ].join('\r\n');
    const before = dumpOf(engine);
    const found = await admin.api.admin.users.checkImport({ csv });
    expect({ ...found, errors: found.errors.map(({ line, field }) => `${line} ${field}`) }).toEqual({
      rows: 7,
      good: 1,
      errors: ['3 name', '4 email', '5 email', '6 role', '7 role', '8 email', '8 phone', '8 role'],
      sample: [{ name: 'Grace Hopper', email: 'grace@example.org', role: 'helpDesk', phone: '+442079460958' }],
    });
    expect(found.errors[2]?.message).toContain('line 2');
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
  });

  test('adds everybody in it, with an invitation behind all other letters, and each on record', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const audited = await auditedBy(engine, async () => {
      const { importId } = await owner.api.admin.users.import({ csv: fileOf(101) });
      expect(await ended(engine, owner, importId)).toEqual({ state: 'done', done: 101, total: 101 });
    });
    expect(audited.map(({ kind }) => kind)).toEqual([...Array(101).fill('userAdded'), 'usersImported']);
    expect(audited.at(-1)).toMatchObject({ actorId: owner.id, detail: { count: 101 } });
    expect(new Set(audited.slice(0, -1).map(({ targetId }) => targetId)).size).toBe(101);
    expect(await accountOf(engine, 'person100@example.org')).toMatchObject({
      ...{ name: 'Person 100', phone: '+12025551100', role: 'member', passwordHash: null },
    });
    const due = await engine.read((tx) => tx.outbox.due(engine.clock.now(), 1_000));
    expect(due.filter(({ bulk }) => bulk)).toHaveLength(101);
    const invited = (await engine.letters()).filter(({ message }) => message.kind === 'invitation');
    expect(new Set(invited.map(({ to }) => to)).size).toBe(101);
  });

  test('with a fault in it adds nobody', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const before = dumpOf(engine);
    const audited = await auditedBy(engine, async () => {
      const csv = `${fileOf(50)}\nAda Again,ada@example.org,,member\n,,,`;
      expect(await refusalOf(owner.api.admin.users.import({ csv }))).toEqual({
        code: 'importUnfit',
        data: { errors: 3 },
      });
    });
    expect(audited).toMatchObject([{ kind: 'adminActRefused', detail: { reason: 'import: importUnfit' } }]);
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
  });

  test.each([
    ['no line that names the columns', 'Grace,grace@example.org'],
    ['nobody in it', 'name,email\n'],
    ['more rows than may be', `name,email\n${'a,b\n'.repeat(20_001)}`],
  ])('with %s is refused as a whole', async (_, csv) => {
    const engine = await openEngine({ durability: 'none' });
    const owner = await ownerOf(engine);
    const refusal = await refusalOf(owner.api.admin.users.import({ csv }));
    expect(refusal).toMatchObject({ code: 'invalidInput', data: { fields: { csv: expect.any(String) } } });
    const { importId } = await owner.api.admin.users.import({ csv: fileOf(1) });
    expect(await ended(engine, owner, importId)).toMatchObject({ state: 'done' });
  });
});

describe('R39 an import under way', () => {
  test('is taken back by Cancel: nobody was added, no letter left, and the log says so', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const before = dumpOf(engine);
    let importId = '';
    const seat = atPause(engine, owner, AMID_ADDING, () => owner.api.admin.users.cancelImport({ importId }));
    const audited = await auditedBy(engine, async () => {
      ({ importId } = await seat.api.admin.users.import({ csv: fileOf(60) }));
      expect(await ended(engine, owner, importId)).toEqual({ state: 'cancelled', done: 0, total: 60 });
      await engine.deps.store.transaction(async () => undefined); // behind the entry that tells of it
    });
    expect(audited).toMatchObject([{ kind: 'adminActRefused', detail: { reason: 'import: cancelled' } }]);
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
  });

  test('R43 that another took it back is on record as theirs', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    let importId = '';
    const seat = atPause(engine, owner, AMID_ADDING, () => admin.api.admin.users.cancelImport({ importId }));
    const audited = await auditedBy(engine, async () => {
      ({ importId } = await seat.api.admin.users.import({ csv: fileOf(60) }));
      await ended(engine, owner, importId);
      await engine.deps.store.transaction(async () => undefined);
    });
    expect(audited).toMatchObject([{ actorId: admin.id, detail: { reason: 'import: cancelled' } }]);
  });

  test('tells how far it is, lets others read, and refuses a second one', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    let importId = '';
    const seen: unknown[] = [];
    const seat = atPause(engine, owner, AMID_ADDING, async () => {
      seen.push(await owner.api.admin.users.importState({ importId }), await owner.api.admin.groups.list());
    });
    ({ importId } = await seat.api.admin.users.import({ csv: fileOf(60) }));
    const second = refusalOf(owner.api.admin.users.import({ csv: fileOf(1) }));
    expect(await ended(engine, owner, importId)).toMatchObject({ state: 'done', done: 60 });
    expect(seen).toEqual([{ state: 'running', done: 40, total: 60 }, []]);
    expect(await second).toMatchObject({ code: 'jobRunning' });
    const refusals = (await auditOf(engine)).filter(({ kind }) => kind === 'adminActRefused');
    expect(refusals).toMatchObject([{ detail: { reason: 'import: jobRunning' } }]);
  });

  test('fails as a whole when somebody took one of its addresses after it was looked through', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const late = { name: 'Late', email: 'person40@example.org', phone: null, role: 'member' as const };
    const seat = atPause(engine, owner, 2, () => owner.api.admin.users.add(late));
    const { importId } = await seat.api.admin.users.import({ csv: fileOf(60) });
    expect(await ended(engine, owner, importId)).toEqual({ state: 'failed', done: 0, total: 60 });
    expect(await engine.read((tx) => tx.accounts.count())).toBe(2);
  });

  test('S39 fails as a whole when its admin was demoted after it was looked through', async () => {
    const engine = await openEngine();
    await ownerOf(engine);
    const admin = await colleague(engine, 'admin');
    const demote = () => engine.deps.store.transaction((tx) => tx.accounts.change(admin.id, { role: 'manager' }));
    const seat = atPause(engine, admin, 2, demote);
    const { importId } = await seat.api.admin.users.import({ csv: fileOf(60) });
    expect(await refusalOf(admin.api.admin.users.importState({ importId }))).toMatchObject({ code: 'forbidden' });
    for (let turn = 0; turn < 50; turn++) await engine.deps.pause.breathe();
    expect(await engine.read((tx) => tx.accounts.count())).toBe(2);
    const refusals = (await auditOf(engine)).filter(({ kind }) => kind === 'adminActRefused');
    expect(refusals).toMatchObject([{ detail: { reason: 'import: forbidden' } }]);
  });

  test('ends without a trace when the app closes', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const before = dumpOf(engine);
    const seat = atPause(engine, owner, AMID_ADDING, () => Promise.reject(new Error('The app is closing.')));
    const { importId } = await seat.api.admin.users.import({ csv: fileOf(60) });
    expect(await ended(engine, owner, importId)).toEqual({ state: 'failed', done: 0, total: 60 });
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
  });
});

test('S57 a name that looks like a formula is a name like any other, and leaves an export harmless', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const { importId } = await owner.api.admin.users.import({
    csv: 'name,email\n"=cmd|\' /C calc\'!A0",evil@example.org',
  });
  expect(await ended(engine, owner, importId)).toMatchObject({ state: 'done' });
  expect((await accountOf(engine, 'evil@example.org')).name).toBe("=cmd|' /C calc'!A0");
  const everybody = { search: '', status: null, role: null, groupId: null, cursor: null };
  const { csv } = await owner.api.admin.people.exportPage(everybody);
  expect(csv).toContain("'=cmd|' /C calc'!A0");
  expect(csv).not.toMatch(/^"?=/m);
});
