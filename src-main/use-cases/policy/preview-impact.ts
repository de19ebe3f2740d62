import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { csvOf } from '../../domain/csv-safe.ts';
import {
  asIfInForce,
  factsOf,
  type Impact,
  type ImpactFacts,
  type ImpactKind,
  type ImpactRow,
  kindOf,
  rowOf,
} from '../../domain/impact.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Deps } from '../../ports/deps.ts';

const PAGE = 100;
const CSV_PAGE = 1_000;

type Reading = Pick<Deps, 'store' | 'clock'>;

/** What a policy would do to everybody who can sign in, were it in force now (R36). */
export async function previewImpact({ store, clock }: Reading, draft: Policy): Promise<Impact> {
  const now = clock.now();
  return store.read(async (tx) => tx.impact.count(asIfInForce(draft, await tx.workspace.policy(), now), now));
}

export interface ImpactPage {
  readonly rows: readonly ImpactRow[];
  /** What to ask the next page by; null on the last one. */
  readonly next: string | null;
}

/** Exactly who is of a kind, by address, 100 a page (R36). @param cursor the `next` of the page before */
export async function previewPeople(
  { store, clock }: Reading,
  draft: Policy,
  kind: ImpactKind,
  cursor: string | null,
): Promise<ImpactPage> {
  const now = clock.now();
  return store.read(async (tx) => {
    const wanted = asIfInForce(draft, await tx.workspace.policy(), now);
    const found = await tx.impact.list(wanted, kind, cursor ?? '', PAGE + 1, now);
    const page = found.slice(0, PAGE);
    const next = found.length > PAGE ? (page.at(-1)?.emailKey ?? null) : null;
    return { rows: page.map((account) => rowOf(wanted, account, kind)), next };
  });
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

/** Everybody who can sign in, as CSV, in pieces to be put one after another; the first has the header and is on record (R36, S57). */
export async function previewCsv(deps: Deps, by: Actor, draft: Policy, cursor: string | null): Promise<ImpactCsv> {
  const now = deps.clock.now();
  const { found, wanted, total, done } = await deps.store.read(async (tx) => {
    const wanted = asIfInForce(draft, await tx.workspace.policy(), now);
    const [after, done] = readCursor(cursor);
    const found = await tx.impact.list(wanted, null, after, CSV_PAGE + 1, now);
    return { found, wanted, done, total: (await tx.impact.standing()).total };
  });
  if (cursor === null) {
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
  const last = found.length > CSV_PAGE ? page.at(-1) : undefined;
  const next = last ? `${done + page.length}:${last.emailKey}` : null;
  const header = cursor === null ? [Object.keys(COLUMNS)] : [];
  return { csv: csvOf([...header, ...lines]), next, done: done + page.length, total };
}

/** Where the piece before ended, and how many there were before. */
function readCursor(cursor: string | null): readonly [after: string, done: number] {
  const colon = cursor?.indexOf(':') ?? -1;
  return cursor === null ? ['', 0] : [cursor.slice(colon + 1), Number.parseInt(cursor, 10) || 0];
}
