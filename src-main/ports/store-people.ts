import type { PeopleOrder, PeoplePlace, PeopleQuestion, PersonRecord } from '../domain/people.ts';
import type { Instant } from '../domain/values.ts';

/**
 * The users' list (R39): accounts that are not deleted, found by what changes with them in the same transaction. Each call
 * does a bounded piece of work, so that 100,000 people keep nobody waiting; one that comes to its bound says where it goes on.
 */
export interface PeopleRows {
  /** People in order from behind `after`: `limit` of them, or fewer where the list ends or the piece of work does. */
  page(question: PeopleQuestion, order: PeopleOrder, after: PeoplePlace | null, limit: number): Promise<PeoplePiece>;
  /** How many there are behind the id `after`, 0 to begin with, or in one piece of them. */
  count(question: PeopleQuestion, after: number): Promise<CountPiece>;
  /** How many are in each state; those who are overdue are for `count`. */
  totals(now: Instant): Promise<PeopleStates>;
}

export interface PeoplePiece {
  readonly records: readonly PersonRecord[];
  /** Where to go on; null at the end of the list. */
  readonly next: PeoplePlace | null;
}

export interface CountPiece {
  readonly counted: number;
  readonly next: number | null;
}

export interface PeopleStates {
  readonly total: number;
  readonly active: number;
  readonly off: number;
  readonly invited: number;
  readonly suspended: number;
  readonly locked: number;
  readonly missingPhone: number;
}
