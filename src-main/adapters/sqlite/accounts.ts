import { and, asc, eq, gt, isNull, ne, type Placeholder, type SQL, sql, sum } from 'drizzle-orm';
import type { Account } from '../../domain/account.ts';
import type { AccountRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { lookUp, madeOnce } from './look-up.ts';
import { nameKeys } from './name-keys.ts';
import { accounts, workspace } from './schema.ts';
import { peopleCounts } from './schema-people.ts';
import type { Seals } from './seals.ts';

type Row = Omit<typeof accounts.$inferSelect, 'seal'>;

export function accountRows(db: Db, checks: Seals): AccountRows {
  const add = db
    .insert(accounts)
    .values(everyColumn(accounts))
    .onConflictDoNothing({ target: accounts.emailKey })
    .prepare();
  const find = lookUp(db, checks, accounts, 'id');
  const findByEmailKey = lookUp(db, checks, accounts, 'emailKey');
  const isThere = isNull(accounts.deletedAt);
  const privileged = db
    .select()
    .from(accounts)
    .where(and(ne(accounts.role, sql`'member'`), isThere))
    .prepare();
  const removeInvited = db
    .delete(accounts)
    .where(and(eq(accounts.id, slot('id')), isNull(accounts.passwordHash), isThere))
    .prepare();
  // Few must enrol, and the index of those is on `people`.
  const mustEnrol = sql`${accounts.id} IN (SELECT account_id FROM people WHERE must_enrol_since IS NOT NULL)`;
  const forgive = db
    .update(accounts)
    .set({ mustEnrolSince: null })
    .where(and(mustEnrol, eq(accounts.mustEnrolSince, accounts.joinedAt)))
    .prepare();
  const limit: Placeholder = sql.placeholder('limit');
  const after = db
    .select()
    .from(accounts)
    .where(and(gt(accounts.id, slot('afterId')), isThere))
    .orderBy(asc(accounts.id))
    .limit(limit)
    .prepare();
  const list = db.select().from(accounts).where(isThere).orderBy(asc(accounts.createdAt), asc(accounts.id)).prepare();
  const total = db
    .select({ total: sum(peopleCounts.total).mapWith(Number) })
    .from(peopleCounts)
    .prepare();
  const changeOf = changes(db);
  const keys = nameKeys(db);
  const move = (by: SQL) =>
    db
      .update(workspace)
      .set({ createdAt: sql`${workspace.createdAt} + ${by}` })
      .where(eq(workspace.id, 1))
      .prepare();
  const [pretend, takeBack] = [move(sql.raw('1')), move(sql.raw('-1'))];

  return {
    async add(account) {
      return keys.during(account.name, () => add.run(toRow(account)).changes === 1);
    },
    async find(id) {
      const row = find(id);
      return row ? knownAccount(row) : null;
    },
    async findByEmailKey(emailKey) {
      const row = findByEmailKey(emailKey);
      return row ? knownAccount(row) : null;
    },
    async change(id, { throttle, ...fields }) {
      const { allowlist } = fields;
      const columns = { ...fields, ...throttle, ...(allowlist && { allowlist: JSON.stringify(allowlist) }) };
      if (Object.keys(columns).length === 0) return;
      const { changes } = keys.during(fields.name, () => changeOf(columns).run({ id, ...columns }));
      if (changes === 0) throw new Error('There is no such account to change.');
    },
    async forgiveLateJoining() {
      forgive.run();
    },
    async removeInvited(id) {
      return removeInvited.run({ id }).changes === 1;
    },
    async pretendChange() {
      // Written and taken back within the transaction: the page is dirty all the same.
      pretend.run();
      takeBack.run();
    },
    async privileged() {
      return privileged.all().map((row) => toAccount(checks.checked(accounts, row, { id: row.id })));
    },
    async listAfter(afterId, limit) {
      return after.all({ afterId, limit }).map((row) => toAccount(checks.checked(accounts, row, { id: row.id })));
    },
    async list() {
      return list.all().map((row) => toAccount(checks.checked(accounts, row, {})));
    },
    async count() {
      return total.get()?.total ?? 0;
    },
  };
}

/** Few combinations of columns change together: each gets its statement the first time it is met. */
function changes(db: Db) {
  const statement = (names: string[]) => {
    const set = Object.fromEntries(names.map((name) => [name, slot(name)]));
    return db
      .update(accounts)
      .set(set as Partial<Row>)
      .where(eq(accounts.id, slot('id')))
      .prepare();
  };
  const known = new Map<string, ReturnType<typeof statement>>();
  return (columns: object) => {
    const names = Object.keys(columns);
    const key = names.join();
    const prepared = known.get(key) ?? statement(names);
    known.set(key, prepared);
    return prepared;
  };
}

function toRow({ throttle, ...account }: Account): Row {
  return { ...account, ...throttle };
}

export function toAccount({ failures, lockedUntil, triesInLock, ...account }: Row): Account {
  return { ...account, throttle: { failures, lockedUntil, triesInLock } };
}

/** For rows that come from a `lookUp`. */
export const knownAccount: (row: Row) => Account = madeOnce((row) => Object.freeze(toAccount(row)));
