import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../src-main/domain/account.ts';
import { importOf } from '../../src-main/domain/imported.ts';
import { signInWithPassword } from '../../src-main/use-cases/sign-in/sign-in-with-password.ts';
import { freshFolder, SCRATCH } from '../support/open-test-store.ts';
import { type Act, acceptInvite, PASSWORDS, SCENARIOS, type ScenarioName, setUp, writeToEverybody } from './acts.ts';
import { brokenRules, findings, wholeAudit } from './findings.ts';
import { type BuiltChild, buildChild, type Ended, runChild } from './run-child.ts';
import { CALLER, openWorld, type World } from './world.ts';

const AT_ONCE = 3; // processes, which wait for the disk most of the time
const LONG = 240_000;
const RANDOM_ROUNDS = Number(process.env.KILL_ROUNDS ?? 20);
const AT_LEAST = 200; // kills in all, at fail points and at random (SECURITY 4)

let child: BuiltChild;
const kills = new Map<string, number>();

beforeAll(async () => {
  child = await buildChild();
});
afterAll(() => child.remove());

test.each(Object.keys(SCENARIOS) as ScenarioName[])(
  'S74 %s, killed at every step there is: each commit is whole or not there, and life goes on',
  { timeout: LONG },
  async (scenario) => {
    const rounds = await killedAtEachStep(scenario);
    kills.set(scenario, rounds.length);
    expect(wrongOf(rounds)).toEqual([]);
  },
);

test('S74 would be noticed: a store that commits piecemeal does not pass', { timeout: LONG }, async () => {
  expect(wrongOf(await killedAtEachStep('setting up the workspace', 'careless'))).toContainEqual({
    killAt: expect.any(Number),
    step: 'accounts.add',
    wrong: expect.arrayContaining(['it does not hold that workspace, policy and owner come together']),
  });
});

test(`S74 killed at ${RANDOM_ROUNDS} random moments of a busy day, nothing is half done and nothing answered is lost`, {
  timeout: LONG,
}, async () => {
  const begin = await prepare([setUp]);
  const moments = fc.sample(fc.integer({ min: 1, max: 600 }), RANDOM_ROUNDS);
  const rounds = await inTurns(moments, async (lines) => {
    const { folder, knowledge } = await begin();
    const ended = await runChild(child.script, [folder, 'round', '', knowledge], lines);
    return { lines, wrong: await examine(folder, ended, 'at least') };
  });
  kills.set('at random', rounds.length);
  expect(wrongOf(rounds)).toEqual([]);
});

test(`S74 all in all there were ${AT_LEAST} kills or more`, (context) => {
  const missing = kills.size < Object.keys(SCENARIOS).length + 1;
  context.skip(missing, 'not all of the tests before it ran');
  expect([...kills.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(AT_LEAST);
});

/** Strikes a scenario once at each of its steps. */
async function killedAtEachStep(scenario: ScenarioName, ...care: string[]) {
  const begin = await prepare(SCENARIOS[scenario].before);
  const strike = async (killAt: number) => {
    const { folder, knowledge } = await begin();
    return { folder, ended: await runChild(child.script, [folder, scenario, `${killAt}`, knowledge, ...care]) };
  };
  const unharmed = (await strike(Infinity)).ended;
  expect(unharmed.steps).toContain('after commit');

  const killPoints = unharmed.steps.map((step, index) => ({ step, killAt: index + 1 }));
  return inTurns(killPoints, async ({ step, killAt }) => {
    const { folder, ended } = await strike(killAt);
    return { killAt, step, wrong: await examine(folder, ended, 'exactly') };
  });
}

function wrongOf<Round extends { readonly wrong: readonly string[] }>(rounds: readonly Round[]): Round[] {
  return rounds.filter((round) => round.wrong.length > 0);
}

/** Lets something happen once, and gives as many copies of the outcome as are asked for. */
async function prepare(acts: readonly Act[]) {
  const original = await freshFolder(SCRATCH);
  const world = await openWorld(original);
  for (const act of acts) await act(world);
  await world.sqlite.close();
  return async () => {
    const folder = await freshFolder(SCRATCH); // what a killed process wrote outlives it in memory just as well
    await cp(original, folder, { recursive: true });
    return { folder, knowledge: JSON.stringify(world.person) };
  };
}

/** Opens what the dead process left, as the next start would, and says what is wrong with it. */
async function examine(folder: string, ended: Ended, committed: 'exactly' | 'at least'): Promise<string[]> {
  if (!ended.killed) return ['it was not killed'];
  const world = await openWorld(folder);
  try {
    const { length } = await wholeAudit(world);
    return [
      ...(await findings(world, join(folder, 'vestibule.db'))),
      ...(length < ended.committed ? ['something is lost that was answered'] : []),
      ...(committed === 'exactly' && length > ended.committed ? ['more is committed than was answered'] : []),
      ...(await whyItDoesNotGoOn(world)),
      ...(await whatIsNotFinished(world, folder)),
    ];
  } finally {
    await world.sqlite.close();
  }
}

/** Everybody who is there gets past the password that was theirs before the act or after it; who is invited yet can join. */
async function whyItDoesNotGoOn(world: World): Promise<string[]> {
  const { deps, sqlite } = world;
  const isInvited = (each: Account) => each.passwordHash === null && importOf(each.id) === null;
  if ((await sqlite.read((tx) => tx.accounts.list())).some(isInvited)) await acceptInvite(world);
  const everyone = (await sqlite.read((tx) => tx.accounts.list())).filter(({ id }) => importOf(id) === null);
  const locked = await Promise.all(
    everyone.map(async ({ email }) => {
      const tries = PASSWORDS.map((password) => signInWithPassword(deps, CALLER, { email, password }));
      const outcomes = await Promise.allSettled(tries);
      return outcomes.some(({ status }) => status === 'fulfilled') ? [] : [`${email} cannot sign in any more`];
    }),
  );
  return locked.flat();
}

/**
 * R28, R39: long work goes on where the dead process left it, to its end: nobody is left out, written to or added twice. An
 * import that nobody took back adds everybody.
 */
async function whatIsNotFinished(world: World, folder: string): Promise<string[]> {
  const running = await world.sqlite.read(async (tx) => [
    await tx.jobs.running('setupInstructions'),
    await tx.jobs.running('userImport'),
  ]);
  const [job, ...others] = running.filter((each) => each !== null);
  if (!job) return [];
  if (others.length > 0) return ['two jobs run that were not begun'];
  await writeToEverybody(world);
  const wanted = job.phase === 'undoing' ? 'cancelled' : 'done';
  const ended = await world.sqlite.read((tx) => tx.jobs.find(job.id));
  const unfinished = ended?.state === wanted ? [] : [`${job.kind} does not come to its end`];
  return [...unfinished, ...brokenRules(join(folder, 'vestibule.db'))];
}

/** A few at a time: each is a process. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const left = [...items];
  const results: R[] = [];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}
