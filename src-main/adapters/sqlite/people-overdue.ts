import type { PeopleQuestion } from '../../domain/people.ts';
import { OFF_CELLS } from './people-cells.ts';
import { OVERDUE } from './people-sql.ts';
import type { Statements } from './statements.ts';

const OF_CELLS = 'FROM json_each(:cells) c CROSS JOIN people p WHERE p.cell = c.value';
const IN_CELLS = '+p.cell IN (SELECT value FROM json_each(:cells))';
const RESET = ':resetsCount AND p.must_enrol_since IS NOT NULL';
const BY_THEMSELVES = `SELECT account_id FROM exceptions
    WHERE account_id IS NOT NULL AND (kind = 'breakGlass' OR until > :now)`;
const BY_GROUPS = `SELECT m.account_id FROM exceptions e CROSS JOIN group_members m ON m.group_id = e.group_id
    WHERE e.until > :now`;
const EXCEPTED = `${BY_THEMSELVES} UNION ${BY_GROUPS}`;

const LATE = `${OF_CELLS} AND p.since > :thereBy`;
const WERE_RESET = `FROM people p INDEXED BY people_to_enrol WHERE p.must_enrol_since IS NOT NULL AND :resetsCount AND ${IN_CELLS}`;
const RESET_IN_TIME = `${WERE_RESET} AND p.since <= :thereBy`;
const SPARED = `FROM (${EXCEPTED}) x CROSS JOIN people p ON p.account_id = x.account_id
  WHERE ${IN_CELLS} AND p.since <= :thereBy AND NOT (${RESET})`;
const ONE_BY_ONE = `${OF_CELLS} AND ${OVERDUE}`;
const TO_ENROL = 'SELECT account_id FROM people INDEXED BY people_to_enrol WHERE must_enrol_since IS NOT NULL';
/** What there is to take off and put on, `:cap` at most. */
const MENDED = `FROM (${TO_ENROL} UNION ALL ${BY_THEMSELVES} UNION ALL ${BY_GROUPS} LIMIT :cap)`;

/**
 * Counts who is overdue without looking at each: all who have it off, less those who came too late to be asked yet and
 * those excepted, and with those whom an admin reset. Only of privileged roles, who are few, each is looked at. Where more
 * than `most` are excepted or reset it gives null: then it is quicker to look at everybody, in pieces.
 */
export function overdueCounter(statements: Statements, most: number) {
  const off = new Set(OFF_CELLS);

  return (
    { overdue, now }: PeopleQuestion,
    cells: readonly number[],
    totalOf: (cells: readonly number[]) => number,
  ) => {
    const { thereBy, resetsCount } = overdue;
    const ofOff = cells.filter((cell) => off.has(cell));
    const figure = (from: string, of: readonly number[]) =>
      statements
        .values<number>(`SELECT count(*) ${from}`)
        .get({ now, thereBy, resetsCount: Number(resetsCount), cells: JSON.stringify(of), cap: most + 1 }) ?? 0;
    if (figure(MENDED, []) > most) return null;
    const reset = figure(WERE_RESET, ofOff);
    if (thereBy === null) return reset;
    const hadTime = totalOf(ofOff) - figure(LATE, ofOff);
    const others = cells.filter((cell) => !off.has(cell));
    return reset + hadTime - figure(RESET_IN_TIME, ofOff) - figure(SPARED, ofOff) + figure(ONE_BY_ONE, others);
  };
}
