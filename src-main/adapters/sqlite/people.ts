import type { PeopleOrder, PeoplePlace, PeopleQuestion, PersonRecord } from '../../domain/people.ts';
import type { Tx } from '../../ports/store.ts';
import type { PeopleRows } from '../../ports/store-people.ts';
import type { Db } from './database.ts';
import { cellsOf } from './people-cells.ts';
import { overdueCounter } from './people-overdue.ts';
import { peopleRemoval } from './people-removal.ts';
import {
  type Asked,
  asked,
  COUNT_LOCKED,
  countPickSql,
  countStretchSql,
  type End,
  endsOf,
  horizonSql,
  MATCHING,
  pickSql,
  sourcesOf,
  stretchSql,
} from './people-sql.ts';
import { statementsOn } from './statements.ts';

/** How much is looked at before another way is taken, and in one piece of work: some milliseconds. */
export interface Bounds {
  /**
   * Candidates for each person of the list, as the root of their product: with more, walking along the sorted list comes
   * to a full page sooner than sorting them all does.
   */
  readonly candidates: number;
  /** How many matches of a search say how many there will be. */
  readonly sample: number;
  /** Rows a cell looks ahead at a time, on a walk past people who may not fit. */
  readonly ahead: number;
  readonly stretches: number;
  /** Candidates counted at once. */
  readonly counted: number;
  /** Ids counted over; and, of those who are overdue, for whom more is looked up, candidates counted at once. */
  readonly countedOver: number;
  /** Excepted and reset people by whom the number of those overdue is mended, instead of counting them over. */
  readonly mended: number;
}

const BOUNDS: Bounds = {
  candidates: 25,
  sample: 200,
  ahead: 200,
  stretches: 4,
  counted: 8_000,
  countedOver: 3_000,
  mended: 4_000,
};

const COUNTS = 'SELECT cell, total FROM people_counts';
const HIGHEST = 'SELECT coalesce(max(id), 0) FROM people';
const ACCOUNT_IDS = 'SELECT p.account_id FROM json_each(:ids) d CROSS JOIN people p ON p.id = d.value';

type Row = PeoplePlace;

/** The users' list over the table `people` (`schema-people.ts`), none of whose pages and counts reads it all. */
export function peopleRows(
  { $client: client }: Db,
  { accounts, factors, exceptions }: Pick<Tx, 'accounts' | 'factors' | 'exceptions'>,
  bounds: Bounds = BOUNDS,
): PeopleRows {
  const statements = statementsOn(client);
  const counts = () => statements.rows<{ cell: number; total: number }>(COUNTS).all({});
  const highest = () => statements.values<number>(HIGHEST).get({}) ?? 0;
  const countOverdue = overdueCounter(statements, bounds.mended);

  /** Everybody who may be in the answer, by the first index that names few; null when each names too many. */
  function candidates(question: PeopleQuestion, { slots, cells }: Asked, most: number): number[] | null {
    for (const source of sourcesOf(question)) {
      const ids = (cap: number) =>
        statements.values<number>(source).all({ ...slots, cells: JSON.stringify(cells), cap });
      if (source === MATCHING) {
        const sample = ids(bounds.sample);
        if (sample.length < bounds.sample) return sample;
        const share = sample.length / Math.max(1, sample.at(-1) ?? 0); // they come by id
        if (share * highest() > most) continue;
      }
      const cap = Math.ceil(2 * most); // a sample may mislead
      const found = ids(cap + 1);
      if (found.length <= cap) return found;
    }
    return null;
  }

  function pick(found: readonly number[], ask: Asked, order: PeopleOrder, from: End, limit: number) {
    const slots = { ...ask.slots, ...from, cells: JSON.stringify(ask.cells), ids: JSON.stringify(found), limit };
    return statements.rows<Row>(pickSql(ask, order)).all(slots);
  }

  /** Along the sort index of each cell at once, a stretch at a time. `end`: where it came to; null at the list's end. */
  function walk(ask: Asked, order: PeopleOrder, from: End, wanted: number): { rows: Row[]; end: End | null } {
    const sieved = ask.conditions.length > 0;
    const slots = { ...ask.slots, cells: JSON.stringify(populated(ask.cells)) };
    const rows: Row[] = [];
    let at = from;
    for (let stretch = 0; stretch < bounds.stretches; stretch += 1) {
      const ahead = sieved ? bounds.ahead : wanted;
      const horizon = statements.rows<Row>(horizonSql(order)).get({ ...slots, ...at, ahead });
      const { value: endValue, id: endId } = horizon ?? endsOf(order).end;
      const sql = stretchSql(ask, order);
      for (const row of statements.rows<Row>(sql).all({ ...slots, ...at, endValue, endId })) rows.push(row);
      if (!horizon) return { rows, end: null };
      at = horizon;
      if (rows.length >= wanted) break;
    }
    return { rows, end: at };
  }

  function populated(cells: readonly number[]): number[] {
    const there = new Set(counts().flatMap(({ cell, total }) => (total > 0 ? cell : [])));
    return cells.filter((cell) => there.has(cell));
  }

  function totalOf(cells: readonly number[]): number {
    const wanted = new Set(cells);
    return counts().reduce((sum, { cell, total }) => (wanted.has(cell) ? sum + total : sum), 0);
  }

  function idsOf(rows: readonly Row[]): string[] {
    return statements.values<string>(ACCOUNT_IDS).all({ ids: JSON.stringify(rows.map(({ id }) => id)) });
  }

  async function recordsOf(rows: readonly Row[]): Promise<PersonRecord[]> {
    const records: PersonRecord[] = [];
    for (const id of idsOf(rows)) {
      const account = await accounts.find(id);
      if (account === null) throw new Error('The list names an account that is not there.');
      records.push({
        account,
        factors: await factors.listFor(id),
        exemption: await exceptions.exemptionFor(id),
      });
    }
    return records;
  }

  return {
    ...peopleRemoval(client, accounts),
    async page(question, order, after, limit) {
      const ask = asked(question);
      const from = after ?? endsOf(order).start;
      const found = candidates(question, ask, Math.sqrt(bounds.candidates * highest()));
      const { rows, end } = found
        ? { rows: pick(found, ask, order, from, limit + 1), end: null }
        : walk(ask, order, from, limit + 1);
      const shown = rows.slice(0, limit);
      const next = rows.length > limit ? (shown.at(-1) ?? null) : end;
      return { records: await recordsOf(shown), next: next && { value: next.value as string | number, id: next.id } };
    },
    async count(question, after) {
      const ask = asked(question);
      const cells = JSON.stringify(ask.cells);
      if (ask.conditions.length === 0) return { counted: totalOf(ask.cells), next: null };
      const { search, groupId, status } = question.filter;
      if (status === 'overdue' && search === '' && groupId === null && after === 0) {
        const counted = countOverdue(question, ask.cells, totalOf);
        if (counted !== null) return { counted, next: null };
      }
      const most = status === 'overdue' ? bounds.countedOver : bounds.counted;
      const found = after === 0 ? candidates(question, ask, most) : null;
      const counting = (sql: string, slots: object) =>
        statements.values<number>(sql).get({ ...ask.slots, cells, ...slots }) ?? 0;
      if (found) return { counted: counting(countPickSql(ask), { ids: JSON.stringify(found) }), next: null };
      const until = after + bounds.countedOver;
      const counted = counting(countStretchSql(ask), { after, until });
      return { counted, next: until < highest() ? until : null };
    },
    async totals(now) {
      const of = (status: Parameters<typeof cellsOf>[0]['status']) => totalOf(cellsOf({ status, role: null }));
      return {
        total: of(null),
        active: of('active'),
        off: of('off'),
        invited: of('invited'),
        suspended: of('suspended'),
        locked: statements.values<number>(COUNT_LOCKED).get({ now }) ?? 0,
        missingPhone: of('noPhone'),
      };
    },
  };
}
