import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { csvOf } from '../../domain/csv-safe.ts';
import {
  asIfInForce,
  factsOf,
  type Impact,
  type ImpactAccount,
  type ImpactFacts,
  type ImpactKind,
  type ImpactRow,
  kindOf,
  rowOf,
  together,
} from '../../domain/impact.ts';
import type { Policy, PolicyInForce } from '../../domain/policy.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { goOnFrom, handOut } from '../exports/go-on.ts';

const PAGE = 100;
const CSV_PAGE = 1_000;

type Reading = Pick<Deps, 'store' | 'clock' | 'pause'>;

/** What a policy would do to everybody who can sign in, were it in force now (R36). */
export async function previewImpact({ store, clock, pause }: Reading, draft: Policy): Promise<Impact> {
  const now = clock.now();
  const wanted = await wouldBe(store, draft, now);
  let impact: Impact | null = null;
  for (let next: number | null = 0; next !== null; ) {
    const after: number = next;
    const piece = await store.read((tx) => tx.impact.count(wanted, after, now));
    impact = impact ? together(impact, piece.counted) : piece.counted;
    next = piece.next;
    if (next !== null) await pause.breathe();
  }
  return impact as Impact; // there is always one piece
}

export interface ImpactPage {
  readonly rows: readonly ImpactRow[];
  /** What to ask the next page by; null on the last one. */
  readonly next: string | null;
}

/**
 * Exactly who is of a kind, by address, 100 a page (R36). A look, which is not on record.
 * @param cursor the `next` of the page before, of the same session, draft and kind
 * @throws {DomainError} `invalidInput` for any other
 */
export async function previewPeople(
  deps: Reading & Pick<Deps, 'vault'>,
  by: Actor,
  draft: Policy,
  kind: ImpactKind,
  cursor: string | null,
): Promise<ImpactPage> {
  const now = deps.clock.now();
  const course = { name: 'previewPeople', asked: { draft, kind } } as const;
  const begun = await goOnFrom<string>(deps, by, course, cursor);
  const wanted = await wouldBe(deps.store, draft, now);
  const found = await listPieces(deps, wanted, kind, begun?.place ?? '', PAGE + 1, now);
  const page = found.slice(0, PAGE);
  const last = found.length > PAGE ? page.at(-1) : undefined;
  const next = last ? handOut(deps, by, course, { since: now, place: last.emailKey }) : null;
  return { rows: page.map((account) => rowOf(wanted, account, kind)), next };
}

function wouldBe(store: Deps['store'], draft: Policy, now: Instant): Promise<PolicyInForce> {
  return store.read(async (tx) => asIfInForce(draft, await tx.workspace.policy(), now));
}

/** A piece of work at a time, so that a kind that hardly anybody is of keeps nobody waiting. */
async function listPieces(
  { store, pause }: Reading,
  wanted: PolicyInForce,
  kind: ImpactKind | null,
  afterKey: string,
  limit: number,
  now: Instant,
): Promise<ImpactAccount[]> {
  const found: ImpactAccount[] = [];
  for (let next: string | null = afterKey; next !== null && found.length < limit; ) {
    const after: string = next;
    const piece = await store.read((tx) => tx.impact.list(wanted, kind, after, limit - found.length, now));
    found.push(...piece.rows);
    next = piece.next;
    if (next !== null) await pause.breathe();
  }
  return found;
}

export interface ImpactCsv {
  readonly csv: string;
  readonly next: string | null;
  readonly done: number;
  readonly total: number;
}

const COLUMNS: Readonly<Record<string, (row: ImpactRow, facts: ImpactFacts) => string>> = {
  Name: ({ name }) => name,
  Email: ({ email }) => email,
  Role: ({ role }) => role,
  Effect: ({ kind }) => kind,
  Why: ({ why }) => why,
  'Deadline (UTC)': ({ deadline }) => (deadline === null ? '' : new Date(deadline).toISOString()),
  Phone: (_, { phone }) => (phone ? 'known' : 'missing'),
};

/** Where the piece before ended, and how many there were before. */
interface Place {
  readonly after: string;
  readonly done: number;
}

/**
 * Everybody who can sign in, as CSV, in pieces to be put one after another; the first has the header and is on record
 * (R36, R43, S57).
 * @param cursor the `next` of the piece before, of the same session and draft
 * @throws {DomainError} `invalidInput` for any other
 */
export async function previewCsv(deps: Deps, by: Actor, draft: Policy, cursor: string | null): Promise<ImpactCsv> {
  const now = deps.clock.now();
  const course = { name: 'exportImpact', asked: draft } as const;
  const begun = await goOnFrom<Place>(deps, by, course, cursor);
  const { after, done: before } = begun?.place ?? { after: '', done: 0 };
  const wanted = await wouldBe(deps.store, draft, now);
  const found = await listPieces(deps, wanted, null, after, CSV_PAGE + 1, now);
  const { total } = await deps.store.read((tx) => tx.impact.standing());
  if (!begun) {
    const parties = { actorId: by.account.id, targetId: null };
    const detail = { reason: 'policy impact', count: total };
    await deps.store.transaction((tx) => tx.audit.append(auditEntry('usersExported', now, by.caller, parties, detail)));
  }
  const page = found.slice(0, CSV_PAGE);
  const lines = page.map((account) => {
    const facts = factsOf(account.bits);
    const row = rowOf(wanted, account, kindOf(wanted, facts) ?? 'notAsked');
    return Object.values(COLUMNS).map((cell) => cell(row, facts));
  });
  const done = before + page.length;
  const last = found.length > CSV_PAGE ? page.at(-1) : undefined;
  const place = last && { after: last.emailKey, done };
  const next = place ? handOut(deps, by, course, { since: begun?.since ?? now, place }) : null;
  const header = begun ? [] : [Object.keys(COLUMNS)];
  return { csv: csvOf([...header, ...lines]), next, done, total };
}
