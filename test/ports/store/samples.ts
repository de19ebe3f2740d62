import type { Account, Factor } from '../../../src-main/domain/account.ts';
import type { AuditEntry } from '../../../src-main/domain/audit.ts';
import type { Challenge } from '../../../src-main/domain/challenge.ts';
import type { PendingSignIn, Session } from '../../../src-main/domain/session.ts';
import type { OutboxRow, RecoveryCode, Store } from '../../../src-main/ports/store.ts';

export type OpenStore = () => Promise<Store>;

/** A moment to count from. */
export const T0 = Date.UTC(2026, 2, 29, 0, 59, 59, 999);

export function account(change: Partial<Account> = {}): Account {
  return {
    id: 'ada',
    name: 'Ada Lovelace',
    email: 'Ada@Example.org',
    emailKey: `${change.id ?? 'ada'}@example.org`,
    role: 'member',
    passwordHash: '$argon2id$v=19$stored',
    passwordChangedAt: T0,
    twoStep: 'off',
    epoch: 1,
    throttle: { failures: 0, lockedUntil: 0, triesInLock: 0 },
    createdAt: T0,
    phone: null,
    joinedAt: null,
    suspendedAt: null,
    mustEnrolSince: null,
    allowlist: [],
    lastSignInAt: null,
    mailResetAt: null,
    deletedAt: null,
    ...change,
  };
}

export function factor(change: Partial<Factor> = {}): Factor {
  return {
    id: 'mailbox',
    accountId: 'ada',
    method: 'email',
    name: 'Email',
    preferred: true,
    createdAt: T0,
    lastUsedAt: null,
    ...change,
  };
}

export function recoveryCodes(count: number): RecoveryCode[] {
  return Array.from({ length: count }, (_, index) => ({ selector: `SEL${index}`, hash: `hash ${index}` }));
}

export function challenge(change: Partial<Challenge> = {}): Challenge {
  return {
    id: 'question',
    accountId: 'ada',
    purpose: 'signIn',
    boundTo: 'pending',
    codeMac: 'mac',
    sentTo: 'ada@example.org',
    epoch: 1,
    tries: 0,
    lastWrongMac: null,
    createdAt: T0,
    expiresAt: T0 + 300_000,
    messageId: 'letter',
    ...change,
  };
}

export function pendingSignIn(change: Partial<PendingSignIn> = {}): PendingSignIn {
  return {
    id: 'pending',
    accountId: 'ada',
    tokenHash: `hash of ${change.id ?? 'pending'}`,
    epoch: 1,
    policyVersion: 1,
    surface: 'desktop',
    recoveryTries: 0,
    createdAt: T0,
    expiresAt: T0 + 600_000,
    ...change,
  };
}

export function session(change: Partial<Session> = {}): Session {
  return {
    id: 'session',
    accountId: 'ada',
    tokenHash: `hash of ${change.id ?? 'session'}`,
    epoch: 1,
    surface: 'desktop',
    client: 'Chromium on Linux',
    address: '192.0.2.7',
    scope: 'full',
    provenWith: null,
    createdAt: T0,
    lastSeenAt: T0,
    endsAt: T0 + 86_400_000,
    ...change,
  };
}

export function letter(change: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id: 'letter',
    accountId: 'ada',
    sealed: 'v1|sealed',
    state: 'queued',
    attempts: 0,
    bulk: false,
    dueAt: T0,
    createdAt: T0,
    ...change,
  };
}

export function auditEntry(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    kind: 'signedIn',
    at: T0,
    actorId: 'ada',
    targetId: 'ada',
    surface: 'desktop',
    address: '192.0.2.7',
    detail: { method: 'email' },
    ...change,
  };
}

/** A store that knows Ada (and others, by id). */
export async function withAccounts(open: OpenStore, ...others: string[]): Promise<Store> {
  const store = await open();
  await store.transaction(async (tx) => {
    for (const id of ['ada', ...others]) await tx.accounts.add(account({ id }));
  });
  return store;
}

/** `times` calls at once, each in a transaction of its own. */
export function atOnce<T>(times: number, call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => call(index)));
}
