import type { Instant, Method } from './values.ts';

export type Role = 'owner' | 'member';

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
  /** Encoded argon2id hash (PHC string). */
  readonly passwordHash: string;
  readonly passwordChangedAt: Instant;
  readonly twoStep: 'off' | 'active';
  /** Rises with each change to password or factors: whatever was begun or granted under a lower one is void (S15, S27). */
  readonly epoch: number;
  readonly throttle: Throttle;
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
  /** Last password reset by mail: for a day after it the mailbox does not count as the second step too (R19, S22). */
  readonly mailResetAt: Instant | null;
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
