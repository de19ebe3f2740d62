import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import {
  CHALLENGE_STATES,
  isOneOf,
  ONE_TIME_PURPOSES,
  PROVEN_WITH,
  PURPOSES,
  SCOPES,
  SURFACES,
} from './enumerations.ts';
import { belongsToAccount, rowSeal } from './schema.ts';

/** Redeemed and voided ones stay for a day: the caps on sending count them, the next answer does not find them. */
export const challenges = sqliteTable(
  'challenges',
  {
    id: text().primaryKey(),
    accountId: belongsToAccount(),
    purpose: text({ enum: PURPOSES }).notNull(),
    boundTo: text().notNull(),
    codeMac: text().notNull(),
    sentTo: text().notNull(),
    epoch: integer().notNull(),
    tries: integer().notNull(),
    lastWrongMac: text(),
    state: text({ enum: CHALLENGE_STATES }).notNull(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    messageId: text().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    index('challenges_latest').on(table.accountId, table.purpose, table.boundTo, table.createdAt),
    index('challenges_sends').on(table.accountId, table.createdAt),
    index('challenges_age').on(table.createdAt),
    check('challenges_purpose', isOneOf(table.purpose, PURPOSES)),
    check('challenges_state', isOneOf(table.state, CHALLENGE_STATES)),
  ],
);

export const pendingSignIns = sqliteTable(
  'pending_sign_ins',
  {
    id: text().primaryKey(),
    accountId: belongsToAccount(),
    tokenHash: text().notNull(),
    epoch: integer().notNull(),
    policyVersion: integer().notNull(),
    surface: text({ enum: SURFACES }).notNull(),
    recoveryTries: integer().notNull(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    uniqueIndex('pending_sign_ins_token').on(table.tokenHash),
    index('pending_sign_ins_of_account').on(table.accountId),
    index('pending_sign_ins_end').on(table.expiresAt),
    check('pending_sign_ins_surface', isOneOf(table.surface, SURFACES)),
  ],
);

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    accountId: belongsToAccount(),
    tokenHash: text().notNull(),
    epoch: integer().notNull(),
    surface: text({ enum: SURFACES }).notNull(),
    client: text().notNull(),
    address: text().notNull(),
    scope: text({ enum: SCOPES }).notNull(),
    provenWith: text({ enum: PROVEN_WITH }),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    endsAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    uniqueIndex('sessions_token').on(table.tokenHash),
    index('sessions_of_account').on(table.accountId, table.lastSeenAt),
    index('sessions_end').on(table.endsAt),
    check('sessions_surface', isOneOf(table.surface, SURFACES)),
    check('sessions_proven_with', isOneOf(table.provenWith, PROVEN_WITH)),
    check('sessions_scope', isOneOf(table.scope, SCOPES)),
  ],
);

/** Computers that are spared the second step for a while (R18); the secret is with its owner, its hash here. */
export const trustedDevices = sqliteTable(
  'trusted_devices',
  {
    id: text().primaryKey(),
    accountId: belongsToAccount(),
    secretHash: text().notNull(),
    epoch: integer().notNull(),
    policyVersion: integer().notNull(),
    client: text().notNull(),
    createdAt: integer().notNull(),
    lastUsedAt: integer().notNull(),
    expiresAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    index('trusted_devices_of_account').on(table.accountId, table.lastUsedAt),
    index('trusted_devices_end').on(table.expiresAt),
  ],
);

/** Codes of 100 random bits that open one act without a session. Used and voided ones stay for the caps on sending. */
export const oneTimeCodes = sqliteTable(
  'one_time_codes',
  {
    id: text().primaryKey(),
    accountId: belongsToAccount(),
    purpose: text({ enum: ONE_TIME_PURPOSES }).notNull(),
    codeHash: text().notNull(),
    sentTo: text().notNull(),
    state: text({ enum: CHALLENGE_STATES }).notNull(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    seal: rowSeal(),
  },
  (table) => [
    uniqueIndex('one_time_codes_hash').on(table.codeHash),
    index('one_time_codes_sends').on(table.accountId, table.purpose, table.createdAt),
    index('one_time_codes_age').on(table.expiresAt),
    check('one_time_codes_purpose', isOneOf(table.purpose, ONE_TIME_PURPOSES)),
    check('one_time_codes_state', isOneOf(table.state, CHALLENGE_STATES)),
  ],
);
