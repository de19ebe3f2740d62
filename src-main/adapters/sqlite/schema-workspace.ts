import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Permissions } from '../../domain/role.ts';
import { EXCEPTION_KINDS, isOneOf, JOB_KINDS, JOB_PHASES, JOB_REASONS, JOB_STATES, ROLES } from './enumerations.ts';
import { accounts, belongsToAccount, rowSeal } from './schema.ts';

/** What a role may, where somebody edited it; roles without a row have what they come with. */
export const roles = sqliteTable(
  'roles',
  {
    role: text({ enum: ROLES }).primaryKey(),
    permissions: text({ mode: 'json' }).$type<Permissions>().notNull(),
    updatedAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    check('roles_role', isOneOf(table.role, ROLES)),
    check('roles_json', sql`json_valid(${table.permissions})`),
  ],
);

export const groups = sqliteTable(
  'groups',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** Unique form of the name. */
    nameKey: text().notNull(),
    createdAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [uniqueIndex('groups_name').on(table.nameKey)],
);

export const groupMembers = sqliteTable(
  'group_members',
  { groupId: belongsToGroup(), accountId: belongsToAccount(), seal: rowSeal() },
  (table) => [
    primaryKey({ columns: [table.groupId, table.accountId] }),
    index('group_members_of_account').on(table.accountId),
  ],
);

/** Ways round enforcement (R37); ended ones are gone, the audit log tells of them. */
export const exceptions = sqliteTable(
  'exceptions',
  {
    id: text().primaryKey(),
    kind: text({ enum: EXCEPTION_KINDS }).notNull(),
    accountId: text().references(() => accounts.id, { onDelete: 'cascade' }),
    groupId: text().references(() => groups.id, { onDelete: 'cascade' }),
    until: integer(),
    reason: text().notNull(),
    createdBy: text().notNull(),
    createdAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    index('exceptions_of_account').on(table.accountId),
    index('exceptions_of_group').on(table.groupId),
    check('exceptions_kind', isOneOf(table.kind, EXCEPTION_KINDS)),
    check('exceptions_of_one', sql`(${table.accountId} is null) <> (${table.groupId} is null)`),
    check('exceptions_until', sql`(${table.kind} = 'extension') = (${table.until} is not null)`),
  ],
);

export const jobs = sqliteTable(
  'jobs',
  {
    id: text().primaryKey(),
    kind: text({ enum: JOB_KINDS }).notNull(),
    state: text({ enum: JOB_STATES }).notNull(),
    phase: text({ enum: JOB_PHASES }),
    reason: text({ enum: JOB_REASONS }),
    cursor: text().notNull(),
    done: integer().notNull(),
    total: integer().notNull(),
    createdBy: text().notNull(),
    createdAt: integer().notNull(),
    endedAt: integer(),
  },
  (table) => [
    uniqueIndex('jobs_one_running').on(table.kind).where(sql`${table.state} = 'running'`),
    index('jobs_newest').on(table.kind, table.createdAt),
    check('jobs_kind', isOneOf(table.kind, JOB_KINDS)),
    check('jobs_state', isOneOf(table.state, JOB_STATES)),
    check('jobs_phase', isOneOf(table.phase, JOB_PHASES)),
    check('jobs_reason', isOneOf(table.reason, JOB_REASONS)),
  ],
);

/** What a job has still to work on; gone once it has ended. Sealed, for it names people and the roles they are to have. */
export const jobPieces = sqliteTable(
  'job_pieces',
  {
    jobId: text()
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    content: text().notNull(),
    seal: rowSeal(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.number] })],
);

function belongsToGroup() {
  return text()
    .notNull()
    .references(() => groups.id, { onDelete: 'cascade' });
}
