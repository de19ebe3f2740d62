import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AuditDetail, AuditKind } from '../../domain/audit.ts';
import { CONNECTION_KINDS, DELIVERY_STATES, isOneOf, KEY_GUARDS, SURFACES } from './enumerations.ts';
import { belongsToAccount, rowSeal } from './schema.ts';

/** Letters on their way. The text is sealed, and erased once it left or was given up. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    accountId: belongsToAccount(),
    sealed: text(),
    state: text({ enum: DELIVERY_STATES }).notNull(),
    attempts: integer().notNull(),
    /** 1 for letters that go to very many: codes never wait behind them (R51). */
    bulk: integer({ mode: 'boolean' }).notNull().default(false),
    dueAt: integer().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [
    index('outbox_of_account').on(table.accountId),
    index('outbox_due').on(table.state, table.bulk, table.dueAt),
    index('outbox_age').on(table.state, table.createdAt),
    check('outbox_state', isOneOf(table.state, DELIVERY_STATES)),
    check('outbox_erased_when_done', sql`(${table.state} = 'queued') = (${table.sealed} is not null)`),
  ],
);

/**
 * The chain of what was done. No foreign keys: an entry outlives the account it speaks of.
 * `kind` has no CHECK, because kinds grow with every feature and this table must never be rebuilt.
 */
export const audit = sqliteTable(
  'audit',
  {
    sequence: integer().primaryKey(),
    kind: text().$type<AuditKind>().notNull(),
    at: integer().notNull(),
    actorId: text(),
    targetId: text(),
    surface: text({ enum: SURFACES }).notNull(),
    address: text().notNull(),
    detail: text({ mode: 'json' }).$type<AuditDetail>().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    check('audit_surface', isOneOf(table.surface, SURFACES)),
    check('audit_detail_json', sql`json_valid(${table.detail})`),
  ],
);

/** What the workspace sends through, at most one of each kind. The settings are sealed. */
export const connections = sqliteTable(
  'connections',
  {
    kind: text({ enum: CONNECTION_KINDS }).primaryKey(),
    sealed: text().notNull(),
    updatedAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [check('connections_kind', isOneOf(table.kind, CONNECTION_KINDS))],
);

/** Data-encryption keys, each wrapped by the key that guards this data folder. */
export const vaultKeys = sqliteTable(
  'vault_keys',
  {
    kid: text().primaryKey(),
    guard: text({ enum: KEY_GUARDS }).notNull(),
    wrapped: text().notNull(),
    createdAt: integer().notNull(),
  },
  (table) => [check('vault_keys_guard', isOneOf(table.guard, KEY_GUARDS))],
);
