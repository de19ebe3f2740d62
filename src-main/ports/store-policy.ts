import type { Account } from '../domain/account.ts';
import type { Exemption } from '../domain/compliance.ts';
import type { Group, PolicyException } from '../domain/exception.ts';
import type { Impact, ImpactAccount, ImpactKind } from '../domain/impact.ts';
import type { Job, JobKind, JobPhase, JobReason, JobState } from '../domain/job.ts';
import type { PolicyInForce } from '../domain/policy.ts';
import type { Permissions, RoleMatrix } from '../domain/role.ts';
import type { TrustedDevice } from '../domain/trusted-device.ts';
import type { Instant } from '../domain/values.ts';

export interface RoleRows {
  /** What each role may now (R40). @throws when it cannot be read: then everything is denied (S19) */
  matrix(): Promise<RoleMatrix>;
  /** In place of what the role might. */
  put(role: Account['role'], permissions: Permissions, at: Instant): Promise<void>;
}

export interface GroupRows {
  /** False when there is one of that name, however it is capitalised. */
  add(group: Group): Promise<boolean>;
  /** False when another has that name, or there is no such group. */
  rename(id: string, name: string): Promise<boolean>;
  /** With its members and its exceptions; true when it was there. */
  remove(id: string): Promise<boolean>;
  find(id: string): Promise<Group | null>;
  /** By name. */
  list(): Promise<(Group & { readonly members: number })[]>;
  /** False for who is in it already. */
  addMember(groupId: string, accountId: string): Promise<boolean>;
  removeMember(groupId: string, accountId: string): Promise<boolean>;
  /** By name. */
  groupsOf(accountId: string): Promise<Group[]>;
}

export interface ExceptionRows {
  add(exception: PolicyException): Promise<void>;
  /** The one that was removed; null when there was none. */
  remove(id: string): Promise<PolicyException | null>;
  /** Newest first. */
  list(): Promise<PolicyException[]>;
  /** What the account's own and its groups' exceptions come to. */
  exemptionFor(accountId: string): Promise<Exemption>;
}

export interface JobRows {
  /** False while one of its kind is running: a single statement, so that of two racing starts one wins. */
  add(job: Job): Promise<boolean>;
  find(id: string): Promise<Job | null>;
  running(kind: JobKind): Promise<Job | null>;
  /** The one begun last, running or ended. */
  latest(kind: JobKind): Promise<Job | null>;
  /** How far it came; false when it is not running any more. In the transaction of the piece of work itself. */
  advance(id: string, cursor: string, done: number): Promise<boolean>;
  /** To another phase; false when it is not running any more. */
  turn(id: string, phase: JobPhase, done: number, reason: JobReason | null): Promise<boolean>;
  /** True for the call that ended it. */
  end(id: string, state: Exclude<JobState, 'running'>, at: Instant): Promise<boolean>;
}

/** What long work still has to work on, in the order of numbers. */
export interface JobPiece {
  readonly jobId: string;
  readonly number: number;
  /** Text of the work's own. */
  readonly content: string;
}

export interface JobPieceRows {
  add(piece: JobPiece): Promise<void>;
  /** @throws {DamagedData} for one that is not as it was written (S55) */
  find(jobId: string, number: number): Promise<JobPiece | null>;
  remove(jobId: string, number: number): Promise<void>;
  /** Removes any of a job's pieces, at most `limit`, and tells how many. */
  drop(jobId: string, limit: number): Promise<number>;
}

export interface TrustedDeviceRows {
  add(device: TrustedDevice): Promise<void>;
  find(id: string): Promise<TrustedDevice | null>;
  /** A new secret in place of the one it was: one statement, one winner (S32). */
  rotate(id: string, from: string, to: string, at: Instant): Promise<boolean>;
  /** Used last first. */
  listFor(accountId: string): Promise<TrustedDevice[]>;
  remove(id: string): Promise<boolean>;
  removeAllFor(accountId: string): Promise<number>;
}

/**
 * Everybody who can sign in (joined, neither suspended nor deleted), as a policy would find them (R36). It decides nothing.
 * Each count and list does a bounded piece of work, so that exceptions for 50,000 people keep nobody waiting; one that
 * comes to its bound says where it goes on.
 */
export interface ImpactRows {
  standing(): Promise<{ readonly total: number; readonly active: number }>;
  /** How many are of each kind under `draft`, were it in force now: behind the number `after`, 0 to begin with. */
  count(draft: PolicyInForce, after: number, now: Instant): Promise<ImpactCount>;
  /** Those of a kind, or all, by address key from behind `afterKey`: `limit` of them at most. */
  list(
    draft: PolicyInForce,
    kind: ImpactKind | null,
    afterKey: string,
    limit: number,
    now: Instant,
  ): Promise<ImpactList>;
}

export interface ImpactCount {
  readonly counted: Impact;
  /** What to ask the next piece by; null once all are counted. */
  readonly next: number | null;
}

export interface ImpactList {
  readonly rows: readonly ImpactAccount[];
  /** The key that the next piece comes behind; null at the end. */
  readonly next: string | null;
}
