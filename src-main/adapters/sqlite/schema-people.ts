import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from './schema.ts';

/**
 * What the users' list is searched, filtered and sorted by: a row for each account that is not deleted, kept by triggers
 * on `accounts` (migration 0006, and whichever rebuilds that table must make them anew). It decides nothing: what is shown
 * and acted upon is read from `accounts`. A key of its own, because a copy of the database may number others anew.
 */
export const people = sqliteTable(
  'people',
  {
    id: integer().primaryKey(),
    accountId: text()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** Two-step or other state, role, and whether a phone is known, in one number (`people-cells.ts`). */
    cell: integer().notNull(),
    /** `searchKeyOf` the name. */
    nameKey: text().notNull(),
    emailKey: text().notNull(),
    createdAt: integer().notNull(),
    /** Since when enforcement can ask: joined, or made. */
    since: integer().notNull(),
    /** 0 where there was none. */
    lastSignInAt: integer().notNull(),
    lockedUntil: integer().notNull(),
    mustEnrolSince: integer(),
  },
  (table) => [
    uniqueIndex('people_account').on(table.accountId),
    index('people_by_name').on(table.cell, table.nameKey),
    index('people_by_email').on(table.cell, table.emailKey),
    index('people_by_creation').on(table.cell, table.createdAt),
    index('people_by_sign_in').on(table.cell, table.lastSignInAt),
    index('people_since').on(table.cell, table.since),
    index('people_locked').on(table.lockedUntil).where(sql`${table.lockedUntil} > 0`),
    index('people_to_enrol').on(table.mustEnrolSince).where(sql`${table.mustEnrolSince} is not null`),
  ],
);

/** How many people are in each cell, kept by triggers. */
export const peopleCounts = sqliteTable('people_counts', {
  cell: integer().primaryKey(),
  total: integer().notNull(),
});

/**
 * Keys of names with letters that SQL cannot fold: put in before a name is written, for the triggers to find, and taken
 * out after. Between transactions it is empty.
 */
export const nameFolds = sqliteTable('name_folds', {
  name: text().primaryKey(),
  key: text().notNull(),
});
