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
  /**
   * Takes many accounts out for good, those of them by which nobody has joined, and gives their ids. What they were found
   * by may stay in the file until `tidy` has come to its end.
   */
  removeInvited(ids: readonly string[]): Promise<string[]>;
  /**
   * Clears away what the search still has of people who were taken out (S70): a piece of that, some milliseconds of work.
   * False once nothing is left of them. @param from `beginning` at first, then `goingOn`
   */
  tidy(from: 'beginning' | 'goingOn'): Promise<boolean>;
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
