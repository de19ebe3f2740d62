import type { Instant, Method } from './values.ts';

/** From most to least privileged (R40). */
export type Role = 'owner' | 'admin' | 'manager' | 'helpDesk' | 'member';

/** Consecutive failures across all factors since the last full sign-in (R42, S11), and the timed lock they lead to. */
export interface Throttle {
  readonly failures: number;
  /** 0 when never locked. */
  readonly lockedUntil: Instant;
  /** Password answers weighed during the present lock; past the cap none is weighed until it ends. */
  readonly triesInLock: number;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  /** As the person wrote it: shown and written to. */
  readonly email: string;
  /** Unique index form of `email` (S18). */
  readonly emailKey: string;
  readonly role: Role;
  /** E.164; null where none is known (R31). */
  readonly phone: string | null;
  /** Encoded argon2id hash (PHC string); null until the invitation was accepted: no password fits. */
  readonly passwordHash: string | null;
  readonly passwordChangedAt: Instant;
  readonly twoStep: 'off' | 'active';
  /** Rises with each change to password or factors: whatever was begun or granted under a lower one is void (S15, S27). */
  readonly epoch: number;
  readonly throttle: Throttle;
  readonly createdAt: Instant;
  /** When the invitation was accepted; null while it is open, and for those who never needed one. */
  readonly joinedAt: Instant | null;
  readonly lastSignInAt: Instant | null;
  /** Last password reset by mail: for a day after it the mailbox does not count as the second step too (R19, S22). */
  readonly mailResetAt: Instant | null;
  /** Ordered by an admin, and outlives every timer; null while not suspended. */
  readonly suspendedAt: Instant | null;
  /**
   * Set by an admin's reset: whatever policy says, the next sign-in opens nothing but enrolment. Cleared by enrolling. The time
   * of joining itself where policy left none to enrol in: then it lasts no longer than the requirement (R27).
   */
  readonly mustEnrolSince: Instant | null;
  /** Canonical addresses and CIDR ranges sign-in is accepted from; empty where there is no such limit (R20). */
  readonly allowlist: readonly string[];
  /** Set once the account is deleted: name and address are gone, the id stays for the audit log. */
  readonly deletedAt: Instant | null;
}

/** An enrolled means of proof. Only proven factors exist as rows: an abandoned enrolment leaves none (S25). */
export interface Factor {
  readonly id: string;
  readonly accountId: string;
  readonly method: Method;
  readonly name: string;
  readonly preferred: boolean;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}
