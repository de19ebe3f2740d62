import { describe, expect, test } from 'vitest';
import { auditedBy } from '../../attacks/support/audit.ts';
import { changedTables, dumpOf } from '../../attacks/support/database.ts';
import { accountOf } from '../../attacks/support/people.ts';
import { openEngine } from '../../support/engine.ts';
import { ended, fileOf, onePiece } from '../../support/imports.ts';
import { refusalOf } from '../../support/person.ts';
import { colleague, ownerOf } from '../../support/staff.ts';

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
      privileged: 1,
      errors: ['3 name', '4 email', '5 email', '6 role', '7 role', '8 email', '8 phone', '8 role'],
      sample: [{ name: 'Grace Hopper', email: 'grace@example.org', role: 'helpDesk', phone: '+442079460958' }],
    });
    expect(found.errors[2]?.message).toContain('line 2');
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
  });

  test('adds everybody in it, then invites them behind all other letters, and each is on record', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const audited = await auditedBy(engine, async () => {
      const { importId } = await owner.api.admin.users.import({ csv: fileOf(101) });
      const view = {
        id: importId,
        state: 'done',
        done: 101,
        total: 101,
        added: true,
        reason: null,
        endedAt: engine.clock.now(),
      };
      expect(await ended(engine, owner)).toEqual(view);
    });
    expect(audited.map(({ kind }) => kind)).toEqual([
      'jobStarted',
      ...Array(101).fill('userAdded'),
      'usersImported',
      ...Array(101).fill('invitationSent'),
      'jobEnded',
    ]);
    const targets = (kind: string) => audited.filter((entry) => entry.kind === kind).map(({ targetId }) => targetId);
    expect(new Set(targets('userAdded')).size).toBe(101);
    expect(targets('invitationSent')).toEqual(targets('userAdded'));
    expect(audited.find(({ kind }) => kind === 'usersImported')).toMatchObject({
      ...{ actorId: owner.id, address: '192.0.2.7', detail: { count: 101 } },
    });
    expect(await accountOf(engine, 'person100@example.org')).toMatchObject({
      ...{ name: 'Person 100', phone: '+12025551100', role: 'member', passwordHash: null },
    });
    const due = await engine.read((tx) => tx.outbox.due(engine.clock.now(), 1_000));
    expect(due.filter(({ bulk }) => bulk)).toHaveLength(101);
    const invited = (await engine.letters()).filter(({ message }) => message.kind === 'invitation');
    expect(invited.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: 101 }, (_, n) => `person${n}@example.org`).sort(),
    );
  });

  test('appears piece by piece, and nobody is written to before all are there', async () => {
    const engine = await openEngine();
    const owner = await ownerOf(engine);
    const { importId } = await owner.api.admin.users.import({ csv: fileOf(60) });
    const sent = (await engine.letters()).length;
    const seen = async () => {
      const { state, done, total } = await owner.api.admin.users.importState({ importId });
      const letters = (await engine.letters()).length - sent;
      return [state, done, total, (await owner.api.admin.people.totals()).invited, letters];
    };
    expect(await seen()).toEqual(['running', 0, 60, 0, 0]);
    await onePiece(engine);
    expect(await seen()).toEqual(['running', 20, 60, 20, 0]);
    await onePiece(engine);
    expect(await seen()).toEqual(['running', 40, 60, 40, 0]);
    await onePiece(engine);
    expect(await seen()).toEqual(['inviting', 0, 60, 60, 0]);
    await onePiece(engine);
    expect(await seen()).toEqual(['inviting', 40, 60, 60, 40]);
    await onePiece(engine);
    expect(await seen()).toEqual(['done', 60, 60, 60, 60]);
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
    await owner.api.admin.users.import({ csv: fileOf(1) });
    expect(await ended(engine, owner)).toMatchObject({ state: 'done' });
  });
});

test('S57 a name that looks like a formula is a name like any other, and leaves an export harmless', async () => {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  await owner.api.admin.users.import({ csv: 'name,email\n"=cmd|\' /C calc\'!A0",evil@example.org' });
  expect(await ended(engine, owner)).toMatchObject({ state: 'done' });
  expect((await accountOf(engine, 'evil@example.org')).name).toBe("=cmd|' /C calc'!A0");
  const everybody = { search: '', status: null, role: null, groupId: null, cursor: null };
  const { csv } = await owner.api.admin.people.exportPage(everybody);
  expect(csv).toContain("'=cmd|' /C calc'!A0");
  expect(csv).not.toMatch(/^"?=/m);
});
