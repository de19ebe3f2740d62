import type { Account, Factor, Throttle } from '../domain/account.ts';
import type { AuditEntry, AuditKind, ChainedEntry } from '../domain/audit.ts';
import type { Challenge, ChallengePurpose } from '../domain/challenge.ts';
import type { ConnectionKind } from '../domain/connections.ts';
import type { DeliveryState } from '../domain/message.ts';
import type { OneTimeCode, OneTimePurpose } from '../domain/one-time-code.ts';
import type { Policy, PolicyInForce, Template } from '../domain/policy.ts';
import type { PendingSignIn, Session } from '../domain/session.ts';
import type { Instant } from '../domain/values.ts';
import type { PeopleRows } from './store-people.ts';
import type {
  ExceptionRows,
  GroupRows,
  ImpactRows,
  JobPieceRows,
  JobRows,
  RoleRows,
  TrustedDeviceRows,
} from './store-policy.ts';

/**
 * Where everything lasting lives. Asynchronous although SQLite answers at once, because a second
 * adapter will not (ARCHITECTURE 3). Writers run one after another in the order they came.
 */
export interface Store {
  /** Commits when `work` resolves, rolls back when it throws. Inside: decide and write, await nothing but `tx`. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A consistent snapshot; writing through it is refused. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Tx {
  readonly workspace: WorkspaceRows;
  readonly accounts: AccountRows;
  readonly factors: FactorRows;
  readonly recoveryCodes: RecoveryCodeRows;
  readonly challenges: ChallengeRows;
  readonly pendingSignIns: PendingSignInRows;
  readonly sessions: SessionRows;
  readonly oneTimeCodes: OneTimeCodeRows;
  readonly outbox: OutboxRows;
  readonly connections: ConnectionRows;
  readonly trustedDevices: TrustedDeviceRows;
  readonly roles: RoleRows;
  readonly groups: GroupRows;
  readonly exceptions: ExceptionRows;
  readonly jobs: JobRows;
  readonly jobPieces: JobPieceRows;
  readonly impact: ImpactRows;
  readonly people: PeopleRows;
  readonly audit: AuditRows;
}

export interface Workspace {
  readonly name: string;
  readonly template: Template;
  readonly createdAt: Instant;
}

export interface WorkspaceRows {
  /** Null before set-up. */
  find(): Promise<Workspace | null>;
  /** False when there is one already (single statement: two racing set-ups have one winner). */
  create(workspace: Workspace, policy: Policy): Promise<boolean>;
  /** @throws when there is no workspace or the policy cannot be read: then everything is denied (S19). */
  policy(): Promise<PolicyInForce>;
  /** Puts a policy in force, as the version after the present one. */
  changePolicy(policy: Policy, requiredSince: Instant | null, at: Instant): Promise<PolicyInForce>;
}

export type AccountChange = Partial<
  Pick<
    Account,
    | 'name'
    | 'email'
    | 'emailKey'
    | 'role'
    | 'passwordHash'
    | 'passwordChangedAt'
    | 'twoStep'
    | 'epoch'
    | 'lastSignInAt'
    | 'mailResetAt'
    | 'deletedAt'
    | 'phone'
    | 'joinedAt'
    | 'suspendedAt'
    | 'mustEnrolSince'
    | 'allowlist'
  >
> & {
  readonly throttle?: Throttle;
};

export interface AccountRows {
  /** False when the address is taken. */
  add(account: Account): Promise<boolean>;
  find(id: string): Promise<Account | null>;
  findByEmailKey(emailKey: string): Promise<Account | null>;
  change(id: string, change: AccountChange): Promise<void>;
  /** Whoever must enrol only for having joined when no time was left need not any more; who was reset still must (R27). */
  forgiveLateJoining(): Promise<void>;
  /** Takes an account out for good while nobody has joined by it; false otherwise, or when there is none. */
  removeInvited(id: string): Promise<boolean>;
  /** Changes nothing, and makes the commit wait for the disk as a change does: for an address without an account (S17). */
  pretendChange(): Promise<void>;
  /** Those of any role above member that are not deleted. */
  privileged(): Promise<Account[]>;
  /** Those that are not deleted, by id from behind `afterId`: for work in pieces. */
  listAfter(afterId: string, limit: number): Promise<Account[]>;
  /** All that are not deleted, in the order they came. */
  list(): Promise<Account[]>;
  /** Those that are not deleted. */
  count(): Promise<number>;
}

export interface FactorRows {
  add(factor: Factor): Promise<void>;
  /** Preferred first, then oldest first. */
  listFor(accountId: string): Promise<Factor[]>;
  touch(id: string, at: Instant): Promise<void>;
  removeAllFor(accountId: string): Promise<number>;
}

export interface RecoveryCode {
  /** Public part: says which hash to check, so a try costs one argon2id. Unique within the account. */
  readonly selector: string;
  readonly hash: string;
}

export interface RecoveryCodeRows {
  /** The old set is gone for good (R8, S28). */
  replaceAll(accountId: string, codes: readonly RecoveryCode[], at: Instant): Promise<void>;
  removeAllFor(accountId: string): Promise<number>;
  /** An unused one, or null. */
  findUnused(accountId: string, selector: string): Promise<RecoveryCode | null>;
  /** One statement, one winner (S9): true for the call that used it up. */
  consume(accountId: string, selector: string, at: Instant): Promise<boolean>;
  counts(accountId: string): Promise<{ left: number; total: number }>;
}

export interface ChallengeRows {
  add(challenge: Challenge): Promise<void>;
  find(id: string): Promise<Challenge | null>;
  /** The newest of its kind, or null. */
  findLatest(accountId: string, purpose: ChallengePurpose, boundTo: string): Promise<Challenge | null>;
  /** Counts one wrong answer; null when it is gone. */
  countWrong(id: string, wrongMac: string): Promise<{ tries: number } | null>;
  /** One statement, one winner (S7): the challenge for the call that redeemed it, else null. */
  redeem(id: string): Promise<Challenge | null>;
  /** Voids what is still open; what was sent still counts in `sendsSince`. */
  voidFor(accountId: string, purpose?: ChallengePurpose): Promise<number>;
  /** Instants at which codes left that were never redeemed, oldest first (5 an hour, 10 a day). */
  sendsSince(accountId: string, since: Instant): Promise<Instant[]>;
}

export interface OneTimeCodeRows {
  add(code: OneTimeCode): Promise<void>;
  /** An open one, past its end or not; null for one that is used, void or unknown. */
  findByHash(codeHash: string): Promise<OneTimeCode | null>;
  /** One statement, one winner (S21). */
  redeem(id: string): Promise<boolean>;
  voidFor(accountId: string, purpose: OneTimePurpose): Promise<number>;
  /** Voids the open codes of one account and purpose that were added after the one of this id. */
  voidAfter(id: string, accountId: string, purpose: OneTimePurpose): Promise<number>;
  /** Instants at which codes of a purpose were sent and not used, oldest first. */
  sendsSince(accountId: string, purpose: OneTimePurpose, since: Instant): Promise<Instant[]>;
  /** Those that are neither used nor void nor past their end, oldest first. */
  openFor(accountId: string, purpose: OneTimePurpose, now: Instant): Promise<OneTimeCode[]>;
}

export interface PendingSignInRows {
  add(pending: PendingSignIn): Promise<void>;
  findByTokenHash(tokenHash: string): Promise<PendingSignIn | null>;
  /** One more wrong recovery code; the new number, null when the sign-in is gone. */
  countRecoveryTry(id: string): Promise<number | null>;
  /** True for the call that ended it. */
  remove(id: string): Promise<boolean>;
  removeAllFor(accountId: string): Promise<number>;
}

export interface SessionRows {
  add(session: Session): Promise<void>;
  /** The session and its account in one look-up: each call of a signed-in person begins with it. */
  findWithAccount(tokenHash: string): Promise<{ session: Session; account: Account } | null>;
  /** Newest activity first. */
  listFor(accountId: string): Promise<Session[]>;
  touch(id: string, at: Instant): Promise<void>;
  /** New token and epoch for a kept session (S16, S27); its id stays. */
  rotate(id: string, tokenHash: string, epoch: number): Promise<void>;
  /** Lets an account's sessions follow it into a new epoch (policy `onEnrol: keep`, S27). */
  carryOver(accountId: string, epoch: number): Promise<void>;
  remove(id: string): Promise<boolean>;
  removeAllFor(accountId: string, exceptId?: string): Promise<number>;
  /** An `enrolOnly` session becomes a full one: what it was opened for is done (R26). */
  promote(id: string, provenWith: NonNullable<Session['provenWith']>, at: Instant, endsAt: Instant): Promise<void>;
  /** Everybody's, with what waits for a second step or a code: for a clock that cannot be trusted (S37). Gives how many there were of all three. */
  removeAll(): Promise<number>;
  /** What was granted or barred by a time that is not to come for long is taken back to `now` (S37). */
  forgetFuture(now: Instant): Promise<void>;
  /** House-keeping: sessions, pending sign-ins and challenges past their end; sends, and letters that are done, are kept a day for the caps. */
  sweep(now: Instant): Promise<number>;
}

export interface OutboxRow {
  readonly id: string;
  readonly accountId: string;
  /** Sealed `Letter`; null once sent or given up (SECURITY, "Settled": erased after sending). */
  readonly sealed: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** One of very many: codes never wait behind it (R51). */
  readonly bulk: boolean;
  readonly dueAt: Instant;
  readonly createdAt: Instant;
}

export interface OutboxRows {
  add(row: OutboxRow): Promise<void>;
  find(id: string): Promise<OutboxRow | null>;
  /** Queued and due, the bulk after all others, oldest first. */
  due(now: Instant, limit: number): Promise<OutboxRow[]>;
  /** The earliest due instant among queued rows, null when none waits. */
  nextDue(): Promise<Instant | null>;
  markSent(id: string): Promise<void>;
  retryAt(id: string, dueAt: Instant): Promise<void>;
  markFailed(id: string): Promise<void>;
  /** Makes queued letters that wait for their next try due at `at`. */
  hasten(at: Instant): Promise<void>;
  /** How many are queued, due or not. */
  waiting(): Promise<number>;
}

export interface Connection {
  /** Settings, sealed: they hold the credentials (SECURITY 5). */
  readonly sealed: string;
  readonly updatedAt: Instant;
}

export interface ConnectionRows {
  /** Null while there is none of that kind. */
  find(kind: ConnectionKind): Promise<Connection | null>;
  /** In place of what was there. */
  put(kind: ConnectionKind, sealed: string, at: Instant): Promise<void>;
  /** True when there was one. */
  remove(kind: ConnectionKind): Promise<boolean>;
}

export interface AuditRows {
  /** Chains and appends, in the transaction of the act it tells of. */
  append(entry: AuditEntry): Promise<void>;
  /** In sequence order, after `sequence`, at most `limit`. */
  list(afterSequence: number, limit: number): Promise<ChainedEntry[]>;
  /** Time of the newest entry, null when there is none: the clock's high-water mark. */
  latestAt(): Promise<Instant | null>;
  /** The newest entry of any of these kinds: found by going back from the end. */
  latestOf(kinds: readonly AuditKind[]): Promise<ChainedEntry | null>;
  /** Time of the newest request for text messages, null when there is none among the latest entries (R33). */
  smsRequestedAt(): Promise<Instant | null>;
}
