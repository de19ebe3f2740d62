import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Policy } from '../../domain/policy.ts';
import { isOneOf, METHODS, ROLES, TEMPLATES, TWO_STEP } from './enumerations.ts';

// Times are whole milliseconds since the Unix epoch. Tables are STRICT (added to the migration after generation).

/** Exactly one row, so that two racing set-ups have one winner. */
export const workspace = sqliteTable(
  'workspace',
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    template: text({ enum: TEMPLATES }).notNull(),
    createdAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    check('workspace_is_one', sql`${table.id} = 1`),
    check('workspace_template', isOneOf(table.template, TEMPLATES)),
  ],
);

/** Every version ever in force; the highest is. */
export const policies = sqliteTable(
  'policies',
  {
    version: integer().primaryKey(),
    policy: text({ mode: 'json' }).$type<Policy>().notNull(),
    createdAt: integer().notNull(),
    /** Null while two-step verification is not required. */
    requiredSince: integer(),
    seal: rowSeal(),
  },
  (table) => [check('policies_json', sql`json_valid(${table.policy})`)],
);

export const accounts = sqliteTable(
  'accounts',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull(),
    emailKey: text().notNull(),
    role: text({ enum: ROLES }).notNull(),
    phone: text(),
    passwordHash: text(),
    passwordChangedAt: integer().notNull(),
    twoStep: text({ enum: TWO_STEP }).notNull(),
    epoch: integer().notNull(),
    failures: integer().notNull(),
    lockedUntil: integer().notNull(),
    triesInLock: integer().notNull(),
    createdAt: integer().notNull(),
    joinedAt: integer(),
    lastSignInAt: integer(),
    mailResetAt: integer(),
    suspendedAt: integer(),
    mustEnrolSince: integer(),
    allowlist: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    deletedAt: integer(),
    seal: rowSeal(),
  },
  (table) => [
    uniqueIndex('accounts_email_key').on(table.emailKey),
    check('accounts_role', isOneOf(table.role, ROLES)),
    check('accounts_two_step', isOneOf(table.twoStep, TWO_STEP)),
    index('accounts_privileged').on(table.role).where(sql`${table.role} <> 'member'`),
    check('accounts_allowlist_json', sql`json_valid(${table.allowlist})`),
    check('accounts_counters', sql`${table.failures} >= 0 and ${table.triesInLock} >= 0`),
  ],
);

export const factors = sqliteTable(
  'factors',
  {
    id: text().primaryKey(),
    accountId: belongsToAccount(),
    method: text({ enum: METHODS }).notNull(),
    name: text().notNull(),
    preferred: integer({ mode: 'boolean' }).notNull(),
    createdAt: integer().notNull(),
    lastUsedAt: integer(),
    seal: rowSeal(),
  },
  (table) => [
    index('factors_of_account').on(table.accountId),
    uniqueIndex('factors_one_preferred').on(table.accountId).where(sql`${table.preferred} = 1`),
    check('factors_method', isOneOf(table.method, METHODS)),
    check('factors_preferred', sql`${table.preferred} in (0, 1)`),
  ],
);

export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    accountId: belongsToAccount(),
    selector: text().notNull(),
    hash: text().notNull(),
    createdAt: integer().notNull(),
    usedAt: integer(),
    seal: rowSeal(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.selector] })],
);

/** One seal over all that a row holds; null until the vault is first opened, and never again. */
export function rowSeal() {
  return text();
}

/** What an account owns goes with it. */
export function belongsToAccount() {
  return text()
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' });
}
