import type { Instant, ProofMethod, Surface } from './values.ts';

/** A signed-in presence. The token itself is only in the carrier (cookie or host jar); the store has its SHA-256. */
export interface Session {
  readonly id: string;
  readonly accountId: string;
  /** base64url SHA-256 of the 256-bit token. */
  readonly tokenHash: string;
  /** The account's epoch at which it was granted (S15). */
  readonly epoch: number;
  readonly surface: Surface;
  readonly client: string;
  readonly address: string;
  /** The second step it was opened with; null while two-step verification was off. */
  readonly provenWith: ProofMethod | null;
  readonly createdAt: Instant;
  /** Last act of the person (not of a background refetch). */
  readonly lastSeenAt: Instant;
  /** Absolute end. */
  readonly endsAt: Instant;
}

/** Password accepted, second step open ("pending"). It opens nothing but challenge, verify and cancel (S1). */
export interface PendingSignIn {
  readonly id: string;
  readonly accountId: string;
  readonly tokenHash: string;
  readonly epoch: number;
  readonly policyVersion: number;
  readonly surface: Surface;
  /** Wrong recovery codes answered in it; past five it is void (S10). */
  readonly recoveryTries: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}
