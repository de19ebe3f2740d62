import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { csvOf } from '../../domain/csv-safe.ts';
import type { PeopleFilter, PeopleOrder, Person } from '../../domain/people.ts';
import type { Deps } from '../../ports/deps.ts';
import { goOnFrom, handOut } from '../exports/go-on.ts';
import { countPeople, listPeople } from './list-people.ts';

/** A piece of the export: CSV to append to what came before. */
export interface ExportPage {
  readonly csv: string;
  /** Where the next piece begins; null behind the last. */
  readonly next: string | null;
  /** People in the whole export, as counted for this piece. */
  readonly total: number;
}

const ORDER: PeopleOrder = { sort: 'name', direction: 'asc' };
/** People in a piece: 100,000 are saved in some hundred calls, each a matter of milliseconds. */
const PIECE = 500;

const COLUMNS: Readonly<Record<string, (person: Person) => string>> = {
  Name: ({ name }) => name,
  Email: ({ email }) => email,
  Phone: ({ phone }) => phone ?? '',
  Role: ({ role }) => role,
  State: ({ state }) => state,
  Locked: ({ locked }) => (locked ? 'yes' : 'no'),
  'Two-step verification': ({ twoStep }) => twoStep,
  Methods: ({ methods }) => methods.join(' '),
  Compliance: ({ compliance }) => compliance,
  Deadline: ({ deadline }) => timeOf(deadline),
  'Break-glass': ({ breakGlass }) => (breakGlass ? 'yes' : 'no'),
  'Last sign-in': ({ lastSignInAt }) => timeOf(lastSignInAt),
  Created: ({ createdAt }) => timeOf(createdAt),
};

/**
 * The filtered list as CSV, piece by piece; on record once, with its first (R39, R43, S57).
 * @param cursor the `next` of the piece before, of the same session and filter
 * @throws {DomainError} `invalidInput` for any other
 */
export async function exportPage(
  deps: Pick<Deps, 'store' | 'clock' | 'pause' | 'vault'>,
  by: Actor,
  filter: PeopleFilter,
  cursor: string | null,
): Promise<ExportPage> {
  const course = { name: 'exportUsers', asked: filter } as const;
  const begun = await goOnFrom<string>(deps, by, course, cursor);
  const since = begun?.since ?? deps.clock.now();
  const page = await listPeople(deps, filter, ORDER, begun?.place ?? null, PIECE);
  const total = await countPeople(deps, filter);
  if (!begun) {
    const parties = { actorId: by.account.id, targetId: null };
    const entry = auditEntry('usersExported', since, by.caller, parties, { count: total });
    await deps.store.transaction((tx) => tx.audit.append(entry));
  }
  const header = begun ? [] : [Object.keys(COLUMNS)];
  const rows = page.rows.map((person) => Object.values(COLUMNS).map((cell) => cell(person)));
  const next = page.next && handOut(deps, by, course, { since, place: page.next });
  return { csv: csvOf([...header, ...rows]), next, total };
}

/** ISO 8601, UTC. */
function timeOf(instant: number | null): string {
  return instant === null ? '' : new Date(instant).toISOString();
}
