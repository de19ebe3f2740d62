import type { Instant } from './values.ts';

export type JobKind = 'setupInstructions' | 'userImport';
/** `failed`: something in it could not be done, and what it had done was taken back. */
export type JobState = 'running' | 'done' | 'cancelled' | 'failed';
/** How far an import is: people are added, then invited; or those that were added are taken out again (R39). */
export type JobPhase = 'adding' | 'inviting' | 'undoing';
/**
 * Why an import turned back or stopped: somebody cancelled it; an address was taken meanwhile; who began it is no longer
 * there or suspended, may not manage users any more, or may not give one of the roles; or its rows are not as they were
 * written (S55).
 */
export type JobReason = 'cancelled' | 'emailTaken' | 'notSignedIn' | 'forbidden' | 'targetOutranks' | 'damaged';

/** Work on very many rows, done in pieces, each committed with how far it came: a kill repeats nothing and loses nothing. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  /** Of an import; null for work that has one phase only. */
  readonly phase: JobPhase | null;
  readonly reason: JobReason | null;
  /** The last account dealt with, in the order of ids; empty at the beginning, and for imports, which count. */
  readonly cursor: string;
  /** Of an import: in its phase; while it is taken back, how many are still there. */
  readonly done: number;
  readonly total: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
}
