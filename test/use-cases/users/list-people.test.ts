import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { openEngine } from '../../support/engine.ts';
import { personAt, refusalOf, signedInOwner } from '../../support/person.ts';
import { addAccount, auditedBy, auditOf, MEMBER, signedInMember } from '../../support/records.ts';

const EVERYBODY = { search: '', status: null, role: null, groupId: null } as const;
const BY_NAME = { ...EVERYBODY, sort: 'name', direction: 'asc', cursor: null } as const;

async function crowdOf(size: number) {
  const engine = await openEngine({ durability: 'none' });
  const owner = await signedInOwner(engine);
  for (let index = 1; index < size; index += 1) {
    const name = `Mel ${String(index).padStart(4, '0')}`;
    await addAccount(engine, 'member', { ...MEMBER, name, email: `mel${index}@example.org` });
  }
  return { engine, owner };
}

test('R39 the list comes in pages of 50, each once, with a cursor between them', async () => {
  const { owner } = await crowdOf(120);
  const names: string[] = [];
  const sizes: number[] = [];
  for (let cursor: string | null = null; ; ) {
    const { rows, next } = await owner.api.admin.people.list({ ...BY_NAME, cursor });
    names.push(...rows.map(({ name }) => name));
    sizes.push(rows.length);
    cursor = next;
    if (next === null) break;
  }
  expect(sizes).toEqual([50, 50, 20]);
  expect(new Set(names).size).toBe(120);
  expect(names).toEqual([...names].sort());
});

test('R39 a cursor that is none of this order is refused, whatever it is', async () => {
  const { owner } = await crowdOf(60);
  const { next } = await owner.api.admin.people.list(BY_NAME);
  const cursor = next ?? '';
  const wrong = [
    owner.api.admin.people.list({ ...BY_NAME, cursor, sort: 'email' }),
    owner.api.admin.people.list({ ...BY_NAME, cursor, direction: 'desc' }),
    owner.api.admin.people.list({ ...BY_NAME, cursor: `${cursor}x` }),
    owner.api.admin.people.list({ ...BY_NAME, cursor: '%' }),
    owner.api.admin.people.list({ ...BY_NAME, cursor: encodeURIComponent('["name","asc",1,2]') }),
    owner.api.admin.people.list({ ...BY_NAME, cursor: encodeURIComponent('["name","asc","a",1.5]') }),
  ];
  for (const call of wrong) {
    expect(await refusalOf(call)).toEqual({
      code: 'invalidInput',
      data: { fields: { cursor: 'This is no place in this list.' } },
    });
  }
});

test('R39 a row shows state, methods and last sign-in, and nothing secret', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const { rows } = await owner.api.admin.people.list(BY_NAME);
  const { account } = await owner.api.self.me();
  expect(rows).toEqual([
    {
      id: account.id,
      name: account.name,
      email: account.email,
      phone: null,
      role: 'owner',
      state: 'active',
      locked: false,
      twoStep: 'off',
      compliance: 'notAsked',
      deadline: null,
      methods: [],
      breakGlass: false,
      lastSignInAt: engine.clock.now(),
      createdAt: engine.clock.now(),
    },
  ]);
});

test('R39 S39 S56 whoever may not view users is refused each call, on record; help desk may look', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const member = await signedInMember(engine);
  for (const call of [
    () => member.api.admin.people.list(BY_NAME),
    () => member.api.admin.people.count(EVERYBODY),
    () => member.api.admin.people.totals(),
    () => member.api.admin.people.exportPage({ ...EVERYBODY, cursor: null }),
  ]) {
    const entries = await auditedBy(engine, async () => expect((await refusalOf(call())).code).toBe('forbidden'));
    expect(entries).toMatchObject([{ kind: 'accessDenied' }]);
  }
  const agent = { name: 'Hal Desk', email: 'hal@example.org', password: 'a quiet harbour wall' };
  const id = await addAccount(engine, 'helpDesk', agent);
  const desk = personAt(engine);
  await desk.api.open.signIn.withPassword({ email: agent.email, password: agent.password });
  expect((await desk.api.admin.people.list({ ...BY_NAME, search: "%_' or 1=1" })).rows).toEqual([]);
  expect(await desk.api.admin.people.count(EVERYBODY)).toEqual({ total: 3 });
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { role: 'member' }));
  expect((await refusalOf(desk.api.admin.people.list(BY_NAME))).code).toBe('forbidden');
});

test('R39 S57 the export is whole, on record once, and none of its cells is a formula', async () => {
  const { engine, owner } = await crowdOf(520);
  await addAccount(engine, 'member', { ...MEMBER, name: '=HYPERLINK("http://evil")', email: 'evil@example.org' });
  const before = (await auditOf(engine)).length;
  let csv = '';
  let pieces = 0;
  for (let cursor: string | null = null; ; ) {
    const piece = await owner.api.admin.people.exportPage({ ...EVERYBODY, cursor });
    expect(piece.total).toBe(521);
    csv += piece.csv;
    pieces += 1;
    cursor = piece.next;
    if (cursor === null) break;
  }
  expect(pieces).toBe(2);
  const rows: Record<string, string>[] = parse(csv, { columns: true });
  expect(rows).toHaveLength(521);
  expect(new Set(rows.map(({ Email }) => Email)).size).toBe(521);
  expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  expect(rows.find(({ Email }) => Email === 'evil@example.org')?.Name).toBe(`'=HYPERLINK("http://evil")`);
  expect((await auditOf(engine)).slice(before)).toMatchObject([{ kind: 'usersExported', detail: { count: 521 } }]);
});
