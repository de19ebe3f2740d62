import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCRATCH } from '../support/open-test-store.ts';
import { copyOfRunning, DATABASE, type Found, halfADay, openDamaged, type Rows, rowsIn } from './life.ts';

const CASES = Number(process.env.DAMAGE_CASES ?? 60); // of each of the four kinds
const SEED = Number(process.env.DAMAGE_SEED ?? Math.floor(performance.timeOrigin));
const MILLION = 1_000_000;
const LONG = 240_000;
const WAL = `${DATABASE}-wal`;

let home: string;
let closed: string;
let running: string;
let written: Rows;

beforeAll(async () => {
  home = await mkdtemp(join(SCRATCH, 'vestibule-'));
  closed = join(home, 'closed');
  running = join(home, 'running');
  await mkdir(closed);
  const world = await halfADay(closed);
  await copyOfRunning(closed, running);
  await world.sqlite.close();
  written = rowsIn(closed);
});
afterAll(() => rm(home, { recursive: true }));

interface Damage {
  /** 0 to 1 of the way through the file. */
  readonly at: number;
  /** Not 0: what the byte there is changed by. */
  readonly by: number;
  /** Goes on to the next byte that is not 0, so that few hit empty space. */
  readonly inContent: boolean;
}

const damages = () =>
  fc.sample(
    fc.noBias(
      fc.record({
        at: fc.nat(MILLION - 1).map((millionth) => millionth / MILLION),
        by: fc.integer({ min: 1, max: 255 }),
        inContent: fc.constantFrom(true, true, true, false),
      }),
    ),
    { numRuns: CASES, seed: SEED },
  );

async function flip(file: string, { at, by, inContent }: Damage): Promise<void> {
  const bytes = await readFile(file);
  const start = Math.floor(at * bytes.length);
  const inSight = inContent ? bytes.findIndex((byte, index) => index >= start && byte !== 0) : start;
  const place = inSight === -1 ? start : inSight;
  bytes[place] = (bytes[place] ?? 0) ^ by;
  await writeFile(file, bytes);
}

async function cut(file: string, { at }: Damage): Promise<void> {
  await truncate(file, Math.floor(at * (await readFile(file)).length));
}

/** Damages copies of a folder, one each, and opens them. */
async function opened(original: () => string, file: string, damage: (file: string, how: Damage) => Promise<void>) {
  const outcomes: (Found & { readonly how: Damage })[] = [];
  for (const how of damages()) {
    const folder = await mkdtemp(join(home, 'case-'));
    await cp(original(), folder, { recursive: true });
    await damage(join(folder, file), how);
    outcomes.push({ how, ...(await openDamaged(folder, written)) });
    await rm(folder, { recursive: true });
  }
  return outcomes;
}

/** Refused in one line that says where copies are, with nothing changed; or opened, and all is as it was written. */
function isFit(found: Found): boolean {
  if (found.kind === 'opened') return found.changed.length === 0;
  const saysWhatToDo =
    (found.error === 'CorruptDatabase' && /^[^\n]+ put a copy in its place; [^\n]+backups\.$/.test(found.message)) ||
    ['NewerSchema', 'VaultUnavailable'].includes(found.error);
  return saysWhatToDo && found.untouched;
}

test.each([
  ['a byte of the database is flipped', () => closed, DATABASE, flip],
  ['the database is cut short', () => closed, DATABASE, cut],
  ['a byte of the write-ahead log is flipped', () => running, WAL, flip],
  ['the write-ahead log is cut short', () => running, WAL, cut],
] as const)(
  'S76 %s: it is found at the next start, or changed nothing that was written',
  { timeout: LONG },
  async (_, original, file, damage) => {
    const outcomes = await opened(original, file, damage);
    if (process.env.DAMAGE_DEBUG) console.log(tallyOf(outcomes));
    expect({ seed: SEED, unfit: outcomes.filter((found) => !isFit(found)) }).toEqual({ seed: SEED, unfit: [] });
    expect(outcomes.some(({ kind }) => kind === 'refused')).toBe(true);
  },
);

function tallyOf(outcomes: readonly Found[]) {
  const words: Record<string, number> = {};
  for (const found of outcomes) {
    const word = found.kind === 'refused' ? found.message.replace(/^.*cannot be used/, '').slice(0, 90) : 'opened';
    words[word] = (words[word] ?? 0) + 1;
  }
  return words;
}

test('S76 undamaged, both folders open and hold what was written', async () => {
  for (const original of [closed, running]) {
    const folder = await mkdtemp(join(home, 'case-'));
    await cp(original, folder, { recursive: true });
    expect(await openDamaged(folder, written)).toEqual({ kind: 'opened', changed: [] });
  }
});
