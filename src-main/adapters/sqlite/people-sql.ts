import type { OverdueRule, PeopleOrder, PeopleQuestion, PeopleSort } from '../../domain/people.ts';
import { needleOf } from '../../domain/people.ts';
import { cellsOf, IS_OFF, OFF_CELLS, PRIVILEGED_CELLS } from './people-cells.ts';

/** What the list can be sorted by: each has an index behind the cell. */
const COLUMN: Readonly<Record<PeopleSort, string>> = {
  name: 'name_key',
  email: 'email_key',
  lastSignIn: 'last_sign_in_at',
  created: 'created_at',
};

/** Sorts behind every text and number. */
export const LAST = Buffer.from([0xff]);
const FIRST = { string: '', number: Number.MIN_SAFE_INTEGER } as const;

/** The places before the first row and behind the last. */
export function endsOf({ sort, direction }: PeopleOrder): { readonly start: End; readonly end: End } {
  const low: End = { value: FIRST[sort === 'name' || sort === 'email' ? 'string' : 'number'], id: 0 };
  const high: End = { value: LAST, id: 0 };
  return direction === 'asc' ? { start: low, end: high } : { start: high, end: low };
}

export interface End {
  readonly value: string | number | Buffer;
  readonly id: number;
}

/** A question as the statements take it: what `WHERE` is to say, and the values of its slots. */
export interface Asked {
  readonly conditions: readonly string[];
  readonly slots: Readonly<Record<string, string | number | null>>;
  readonly cells: readonly number[];
}

/** One or two letters are looked for at the beginning of words only: in the middle they would find nearly everybody. */
const FOUND = {
  long: '(instr(p.name_key, :needle) > 0 OR instr(p.email_key, :needle) > 0)',
  short: "(instr(' ' || p.name_key, ' ' || :needle) > 0 OR substr(p.email_key, 1, length(:needle)) = :needle)",
};
const IN_GROUP = 'EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = :groupId AND m.account_id = p.account_id)';
const LOCKED = 'p.locked_until > :now';
const IN_FORCE = "(e.kind = 'breakGlass' OR e.until > :now)";
/** From the memberships on: there may be more groups than anybody is in. */
const EXCEPTED = `(EXISTS (SELECT 1 FROM exceptions e WHERE e.account_id = p.account_id AND ${IN_FORCE})
  OR EXISTS (SELECT 1 FROM group_members m CROSS JOIN exceptions e ON e.group_id = m.group_id
    WHERE m.account_id = p.account_id AND ${IN_FORCE}))`;
const KEYED = `EXISTS (SELECT 1 FROM factors f WHERE f.account_id = p.account_id AND f.method = 'securityKey')`;
/** `standingOf` as SQL: reset and off, or there for long enough, not excepted, and off or without the key wanted. */
export const OVERDUE = `((:resetsCount AND p.must_enrol_since IS NOT NULL AND ${IS_OFF})
  OR (p.since <= :thereBy AND NOT ${EXCEPTED} AND (${IS_OFF} OR NOT ${KEYED})))`;

export function asked({ filter, overdue, now }: PeopleQuestion): Asked {
  const needle = needleOf(filter.search);
  const conditions = [
    ...(needle === '' ? [] : [isShort(needle) ? FOUND.short : FOUND.long]),
    ...(filter.groupId === null ? [] : [IN_GROUP]),
    ...(filter.status === 'locked' ? [LOCKED] : []),
    ...(filter.status === 'overdue' ? [OVERDUE] : []),
  ];
  const possible = filter.status === 'overdue' ? new Set(overdueCells(overdue)) : null;
  return {
    conditions,
    slots: {
      now,
      needle,
      phrase: phraseOf(needle),
      groupId: filter.groupId,
      thereBy: overdue.thereBy,
      resetsCount: Number(overdue.resetsCount),
    },
    cells: cellsOf(filter).filter((cell) => possible === null || possible.has(cell)),
  };
}

/** Where anybody can be overdue. */
export function overdueCells({ privilegedNeedKey }: OverdueRule): number[] {
  return privilegedNeedKey ? [...OFF_CELLS, ...PRIVILEGED_CELLS] : OFF_CELLS;
}

function isShort(needle: string): boolean {
  return [...needle].length < 3;
}

/** The needle as the index of three letters knows it: words stand two spaces apart there. */
function phraseOf(needle: string): string {
  const padded = isShort(needle) ? `  ${needle}`.slice(-3) : needle.replaceAll(' ', '  ');
  return `"${padded.replaceAll('"', '""')}"`;
}

/** Who may be in the answer, by an index of their own: `:cap` ids at most. Tried in this order. */
export function sourcesOf({ filter, overdue }: PeopleQuestion): string[] {
  return [
    ...(filter.status === 'locked' ? [LOCKED_NOW] : []),
    ...(needleOf(filter.search) === '' ? [] : [MATCHING]),
    ...(filter.groupId === null ? [] : [MEMBERS]),
    ...(filter.status === 'overdue' ? [overdue.thereBy === null ? RESET : LATE] : []),
  ];
}

export const MATCHING = 'SELECT rowid FROM people_search WHERE people_search MATCH :phrase LIMIT :cap';
const IS_LOCKED = 'FROM people WHERE locked_until > 0 AND locked_until > :now';
const LOCKED_NOW = `SELECT id ${IS_LOCKED} LIMIT :cap`;
export const COUNT_LOCKED = `SELECT count(*) ${IS_LOCKED}`;
const MEMBERS = `SELECT p.id FROM group_members m CROSS JOIN people p ON p.account_id = m.account_id
  WHERE m.group_id = :groupId LIMIT :cap`;
const RESET = 'SELECT id FROM people INDEXED BY people_to_enrol WHERE must_enrol_since IS NOT NULL LIMIT :cap';
/** Each once, although not by UNION, which would find everybody before it gave the first. */
const LATE = `SELECT id FROM people INDEXED BY people_to_enrol WHERE must_enrol_since IS NOT NULL
  UNION ALL SELECT p.id FROM json_each(:cells) c CROSS JOIN people p
  WHERE p.cell = c.value AND p.since <= :thereBy AND p.must_enrol_since IS NULL LIMIT :cap`;

/** Those of `:ids` that fit, in order, behind a place. */
export function pickSql({ conditions }: Asked, { sort, direction }: PeopleOrder): string {
  const column = `p.${COLUMN[sort]}`;
  return `SELECT p.id AS id, ${column} AS value FROM json_each(:ids) d CROSS JOIN people p ON p.id = d.value
    WHERE +p.cell IN (SELECT value FROM json_each(:cells)) AND (${column}, p.id) ${beyond(direction)} (:value, :id)
    ${and(conditions)} ORDER BY ${column} ${direction}, p.id ${direction} LIMIT :limit`;
}

/**
 * The nearest of the places at which the cells each have `:ahead` more rows: between a place and that one lie more than
 * `:ahead` rows and, of each cell, no more than one more. None when no cell has as many left.
 */
export function horizonSql({ sort, direction }: PeopleOrder): string {
  const column = COLUMN[sort];
  return `SELECT h.${column} AS value, h.id AS id FROM (
      SELECT (SELECT p.id FROM people p WHERE p.cell = c.value AND (p.${column}, p.id) ${beyond(direction)} (:value, :id)
        ORDER BY p.${column} ${direction}, p.id ${direction} LIMIT 1 OFFSET :ahead) AS id
      FROM json_each(:cells) c) far CROSS JOIN people h ON h.id = far.id
    ORDER BY h.${column} ${direction}, h.id ${direction} LIMIT 1`;
}

/** Those between two places that fit, in order. */
export function stretchSql({ conditions }: Asked, { sort, direction }: PeopleOrder): string {
  const column = `p.${COLUMN[sort]}`;
  return `SELECT p.id AS id, ${column} AS value FROM json_each(:cells) c CROSS JOIN people p
    WHERE p.cell = c.value AND (${column}, p.id) ${beyond(direction)} (:value, :id)
    AND (${column}, p.id) ${direction === 'asc' ? '<=' : '>='} (:endValue, :endId) ${and(conditions)}
    ORDER BY ${column} ${direction}, p.id ${direction}`;
}

export function countPickSql({ conditions }: Asked): string {
  return `SELECT count(*) FROM json_each(:ids) d CROSS JOIN people p ON p.id = d.value
    WHERE +p.cell IN (SELECT value FROM json_each(:cells)) ${and(conditions)}`;
}

export function countStretchSql({ conditions }: Asked): string {
  return `SELECT count(*) FROM people p WHERE p.id > :after AND p.id <= :until
    AND +p.cell IN (SELECT value FROM json_each(:cells)) ${and(conditions)}`;
}

function beyond(direction: PeopleOrder['direction']): '>' | '<' {
  return direction === 'asc' ? '>' : '<';
}

function and(conditions: readonly string[]): string {
  return conditions.map((condition) => `AND ${condition}`).join(' ');
}
