import type { Instant } from './values.ts';

export type JobKind = 'setupInstructions';
export type JobState = 'running' | 'done' | 'cancelled';

/** Work on very many rows, done in pieces, each committed with how far it came: a kill repeats nothing and loses nothing. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  /** The last account dealt with, in the order of ids; empty at the beginning. */
  readonly cursor: string;
  readonly done: number;
  readonly total: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
}
