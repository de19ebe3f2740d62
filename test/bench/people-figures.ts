import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { PeopleFilter, PeopleOrder } from '../../src-main/domain/people.ts';
import { policyOf } from '../../src-main/domain/policy.ts';
import { DAY } from '../../src-main/domain/values.ts';
import { previewImpact } from '../../src-main/use-cases/policy/preview-impact.ts';
import { addPeople } from '../../src-main/use-cases/set-up/seed-workspace.ts';
import { countPeople, listPeople, totalPeople } from '../../src-main/use-cases/users/list-people.ts';
import { type BenchEngine, openBenchEngine } from './engine.ts';
import { type Figure, inTurn, median, milliseconds, type Rounds, ratioFigure, timeEach } from './figures.ts';
import { policyFigures } from './policy-figures.ts';
import { signIn } from './sign-in.ts';
import { close } from './store-figures.ts';

const CALLS = 200;
const ROUNDS = 9;
const KNOWN = 1_000;
const SIGN_INS = 100;
const EVERYBODY: PeopleFilter = { search: '', status: null, role: null, groupId: null };
const BY_NAME: PeopleOrder = { sort: 'name', direction: 'asc' };

/** The users' list in workspaces of 100,000 people and, where `PEOPLE=1000000` asks for it, of so many more. */
export async function peopleFigures(): Promise<Figure[]> {
  const asked = Number(process.env.PEOPLE ?? 0);
  const small = await openBenchEngine('none', KNOWN);
  const figures = [];
  for (const size of asked > 100_000 ? [100_000, asked] : [100_000]) {
    const engine = await openBenchEngine('none', KNOWN);
    await addPeople(engine.deps, KNOWN, size, 'none');
    figures.push(...(await listFigures(engine, size)), ...(await scanFigures(engine, size)));
    figures.push(await signInFigure(engine, small, size));
    figures.push(...(await policyFigures(engine, small, thousands(size))));
    figures.push(...(await exceptionFigures(engine, size)));
    await close(engine);
  }
  await close(small);
  return figures;
}

async function listFigures({ deps }: BenchEngine, size: number): Promise<Figure[]> {
  const page = (filter: Partial<PeopleFilter>, order: PeopleOrder = BY_NAME, cursor: string | null = null) =>
    listPeople(deps, { ...EVERYBODY, ...filter }, order, cursor);
  const late = { sort: 'lastSignIn', direction: 'desc' } as const;
  const deep = await cursorInside(deps, late);
  const draft = { ...policyOf('strong'), enforcement: 'required' } as const;
  const acts: [string, (index: number) => Promise<unknown>][] = [
    ['first page', () => page({})],
    ['page deep in the list, by last sign-in', () => page({}, late, deep)],
    ['page of a role and status', () => page({ role: 'helpDesk', status: 'off' }, late)],
    ['page of those without a phone', () => page({ status: 'noPhone' })],
    ['search of a frequent name', () => page({ search: 'garcia' })],
    ['search of a part that most have', () => page({ search: 'example' }, late)],
    ['search of one person', (index) => page({ search: `.${1_000 + index * 17}@` })],
    ['search of nobody', () => page({ search: 'qqxyzzy' })],
    ['search of two letters', () => page({ search: 'jo' })],
    ['count of a search', () => countPeople(deps, { ...EVERYBODY, search: 'garcia', status: 'active' })],
    ['totals above the list', () => totalPeople(deps)],
    ['impact preview', () => previewImpact(deps, draft)],
  ];
  const figures = [];
  for (const [name, act] of acts) figures.push(await pageFigure(`${name}, ${thousands(size)} people`, act));
  return figures;
}

/** Some two thousand people down the list. */
async function cursorInside(deps: BenchEngine['deps'], order: PeopleOrder): Promise<string | null> {
  let cursor: string | null = null;
  for (let page = 0; page < 40; page += 1) ({ next: cursor } = await listPeople(deps, EVERYBODY, order, cursor));
  return cursor;
}

async function pageFigure(name: string, act: (index: number) => Promise<unknown>): Promise<Figure> {
  const times: number[] = [];
  for (let index = -5; index < CALLS; index += 1) {
    const took = await timeEach(1, () => act(Math.max(0, index)));
    if (index >= 0) times.push(took);
  }
  const [middle, slow] = [median(times), times.sort((a, b) => a - b)[Math.floor(0.95 * CALLS)] ?? Number.NaN];
  const met = middle <= 5 && slow <= 16;
  const against = `p95 ${milliseconds(slow)}`;
  return { name, measured: milliseconds(middle), against, ratio: null, aim: '≤ 5 ms, p95 ≤ 16 ms', met };
}

/** The preview with an extension for a group of half of all: the time it takes, and the longest piece, which others wait for, by its CPU time. */
async function exceptionFigures({ deps, folder }: BenchEngine, size: number): Promise<Figure[]> {
  const database = new Database(join(folder, 'vestibule.db'), { readonly: true });
  const ids = database.prepare<[], string>('SELECT account_id FROM people WHERE id % 2 = 0').pluck().all();
  database.close();
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    await tx.groups.add({ id: 'half', name: 'Half of all', createdAt: now });
    for (const id of ids) await tx.groups.addMember('half', id);
    const extension = { kind: 'extension', accountId: null, groupId: 'half', until: now + 30 * DAY } as const;
    await tx.exceptions.add({ ...extension, id: 'half', reason: 'bench', createdBy: 'bench', createdAt: now });
  });
  const draft = { ...policyOf('strong'), enforcement: 'required' } as const;
  const [whole, longest]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const pieces: number[] = [];
    let begun = process.cpuUsage();
    const breathe = async () => {
      pieces.push(cpuSince(begun));
      await deps.pause.breathe();
      begun = process.cpuUsage();
    };
    const took = await timeEach(1, () => previewImpact({ ...deps, pause: { breathe } }, draft));
    if (round === 0) continue;
    whole.push(took);
    longest.push(Math.max(...pieces, cpuSince(begun)));
  }
  const piece = median(longest);
  return [
    {
      name: `impact preview with a group exception of half of all, ${thousands(size)} people`,
      measured: `${milliseconds(piece)} CPU, the longest piece`,
      against: `${milliseconds(median(whole))} in all`,
      ratio: null,
      aim: 'pieces ≤ 16 ms',
      met: piece <= 16,
    },
  ];
}

function cpuSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}

/** What the list answers from its indexes, held against reading every account for it, in the same database. */
async function scanFigures({ deps, folder }: BenchEngine, size: number): Promise<Figure[]> {
  const database = new Database(join(folder, 'vestibule.db'), { readonly: true });
  const like = database.prepare(
    `SELECT id, name, email FROM accounts WHERE deleted_at IS NULL AND (name LIKE '%' || ? || '%' OR email LIKE '%' || ? || '%')
     ORDER BY name LIMIT 50`,
  );
  const withoutPhone = database.prepare('SELECT count(*) FROM accounts WHERE deleted_at IS NULL AND phone IS NULL');
  const needle = `.${Math.floor(size / 2)}@`;
  const searches = await inTurn(
    ROUNDS,
    () => timeEach(20, () => listPeople(deps, { ...EVERYBODY, search: needle }, BY_NAME, null)),
    () => timeEach(1, () => like.all(needle, needle)),
  );
  const counts = await inTurn(
    ROUNDS,
    () => timeEach(50, () => countPeople(deps, { ...EVERYBODY, status: 'noPhone' })),
    () => timeEach(1, () => withoutPhone.get()),
  );
  database.close();
  return [
    fasterFigure(`search of one person, ${thousands(size)} people`, 'LIKE over all', searches, 50),
    fasterFigure(`count without a phone, ${thousands(size)} people`, 'over all', counts, 20),
  ];
}

async function signInFigure(large: BenchEngine, small: BenchEngine, size: number): Promise<Figure> {
  let [one, other] = [0, 0];
  const rounds = await inTurn(
    ROUNDS,
    () => timeEach(SIGN_INS, () => signIn(large, one++)),
    () => timeEach(SIGN_INS, () => signIn(small, other++)),
  );
  return ratioFigure(`sign-in without hash, ${thousands(size)} people`, `among ${thousands(KNOWN)}`, rounds, 1.5);
}

function fasterFigure(name: string, against: string, { ours, theirs }: Rounds, atLeast: number): Figure {
  const ratio = median(theirs.map((time, round) => time / (ours[round] ?? Number.NaN)));
  return {
    name,
    measured: milliseconds(median(ours)),
    against: `${milliseconds(median(theirs))} ${against}`,
    ratio,
    aim: `≥ ${atLeast}× faster`,
    met: ratio >= atLeast,
  };
}

function thousands(count: number): string {
  return count.toLocaleString('en');
}
