import { bitsOfKind, type ImpactAccount, sumUp } from '../../domain/impact.ts';
import type { ImpactRows } from '../../ports/store-policy.ts';
import type { Db } from './database.ts';
import {
  bitOf,
  COUNT_SPECIALS,
  COUNT_STRETCH,
  COUNTED,
  cellsWith,
  HIGHEST,
  HORIZON,
  LIST_CELL,
  LIST_SPECIALS,
  LIST_STRETCH,
  LOAD,
  OPEN_CELLS,
  type Question,
  questionOf,
  specialsSql,
  usual,
} from './impact-sql.ts';
import { LAST } from './people-sql.ts';
import { statementsOn } from './statements.ts';

/** How much is looked at in one piece of work: some milliseconds. */
export interface ImpactBounds {
  /** People who may be looked at one by one, instead of everybody in turn. */
  readonly specials: number;
  /** Numbers of people counted over. */
  readonly countedOver: number;
  /** People a cell looks ahead, on a walk past people who may not be of the kind. */
  readonly ahead: number;
  readonly listed: number;
}

const BOUNDS: ImpactBounds = { specials: 2_500, countedOver: 3_000, ahead: 400, listed: 250 };
const BITS_OF_CELL = new Map(OPEN_CELLS.map(({ cell, bits }) => [cell, bits]));

interface Found {
  readonly id: string;
  readonly emailKey: string;
}

/** Where a look came to: null where it came to its end. */
interface Look {
  readonly found: readonly Found[];
  readonly end: string | null;
}

/**
 * Most people are told apart by the cell they are in, state, role and phone, alone: they are counted by the counters, and
 * found by the index of their cell. Only the few whom more tells of are looked at one by one. Where those are many, as
 * with an exception for a large group, everybody is looked at in turn, a stretch at a time.
 */
export function impactRows({ $client: client }: Db, bounds: ImpactBounds = BOUNDS): ImpactRows {
  const statements = statementsOn(client);
  const totals = () => statements.rows<{ cell: number; total: number }>(COUNTED).all({});

  /** Everybody of whom more tells than their cell; null when they are many. */
  function specials(question: Question): Set<string> | null {
    const slots = { ...question, cap: bounds.specials + 1 };
    const ids = statements.values<string>(specialsSql(question)).all(slots);
    return ids.length > bounds.specials ? null : new Set(ids);
  }

  function countFew(question: Question, special: ReadonlySet<string>) {
    const usualOf = (cell: number) => usual(BITS_OF_CELL.get(cell) ?? 0, question);
    const counted = totals().map(({ cell, total }) => ({ bits: usualOf(cell), count: total }));
    const among = statements.rows<{ cell: number; bits: number; count: number }>(COUNT_SPECIALS);
    for (const { cell, bits, count } of among.all({ ...question, ids: jsonOf(special) })) {
      counted.push({ bits: usualOf(cell), count: -count }, { bits, count });
    }
    return counted;
  }

  /** Of each cell those of whom nothing else tells, where the cell is of the kind; with the special ones, who are few. */
  function listFew(
    question: Question,
    special: ReadonlySet<string>,
    wanted: readonly number[],
    afterKey: string,
    limit: number,
  ): Look {
    const cells = OPEN_CELLS.filter(({ bits }) => wanted.includes(usual(bits, question)));
    const found = cells.flatMap(({ cell }) => ordinary(cell, special, afterKey, limit));
    const slots = { ...question, afterKey, limit, ids: jsonOf(special), wanted: JSON.stringify(wanted) };
    found.push(...statements.rows<Found>(LIST_SPECIALS).all(slots));
    return { found: found.sort((a, b) => (a.emailKey < b.emailKey ? -1 : 1)), end: null };
  }

  function ordinary(cell: number, special: ReadonlySet<string>, afterKey: string, limit: number): Found[] {
    const found: Found[] = [];
    for (const each of statements.rows<Found>(LIST_CELL).iterate({ cell, afterKey })) {
      if (!special.has(each.id)) found.push(each);
      if (found.length === limit) break;
    }
    return found;
  }

  /** Along the addresses of all cells at once, one stretch. */
  function walk(question: Question, wanted: readonly number[], afterKey: string, limit: number): Look {
    const there = new Set(totals().flatMap(({ cell, total }) => (total > 0 ? cell : [])));
    const cells = cellsWith(wanted).filter((cell) => there.has(cell));
    const slots = { ...question, cells: JSON.stringify(cells), wanted: JSON.stringify(wanted), afterKey, limit };
    const end = statements.values<string | null>(HORIZON).get({ ...slots, ahead: bounds.ahead }) ?? null;
    return { found: statements.rows<Found>(LIST_STRETCH).all({ ...slots, endKey: end ?? LAST }), end };
  }

  return {
    async standing() {
      const sum = { total: 0, active: 0 };
      for (const { cell, total } of totals()) {
        sum.total += total;
        if ((BITS_OF_CELL.get(cell) ?? 0) & bitOf('active')) sum.active += total;
      }
      return sum;
    },
    async count(draft, after, now) {
      const question = questionOf(draft, now);
      const special = after === 0 ? specials(question) : null;
      if (special) return { counted: sumUp(draft, countFew(question, special)), next: null };
      const until = after + bounds.countedOver;
      const stretch = statements.rows<{ bits: number; count: number }>(COUNT_STRETCH);
      const counted = sumUp(draft, stretch.all({ ...question, after, until }));
      return { counted, next: until < (statements.values<number>(HIGHEST).get({}) ?? 0) ? until : null };
    },
    async list(draft, kind, afterKey, limit, now) {
      const question = questionOf(draft, now);
      const most = Math.min(limit, bounds.listed);
      const special = kind === null ? new Set<string>() : specials(question);
      const wanted = kind === null ? OPEN_CELLS.map(({ bits }) => usual(bits, question)) : bitsOfKind(draft, kind);
      const { found, end } = special
        ? listFew(question, special, wanted, afterKey, most)
        : walk(question, wanted, afterKey, most);
      const shown = found.slice(0, most);
      const next = shown.length < most ? end : (shown.at(-1)?.emailKey ?? null);
      const rows = statements.rows<ImpactAccount>(LOAD).all({ ...question, ids: jsonOf(shown.map(({ id }) => id)) });
      return { rows, next };
    },
  };
}

function jsonOf(ids: Iterable<string>): string {
  return JSON.stringify([...ids]);
}
