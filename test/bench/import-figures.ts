import type { Actor } from '../../src-main/domain/actor.ts';
import { IMPORT_MAX_ROWS } from '../../src-main/domain/user-import.ts';
import type { Deps } from '../../src-main/ports/deps.ts';
import type { Store } from '../../src-main/ports/store.ts';
import { dispatchLetters } from '../../src-main/use-cases/delivery/dispatch-letters.ts';
import { runJobs } from '../../src-main/use-cases/jobs/run-jobs.ts';
import { authenticate } from '../../src-main/use-cases/sessions/authenticate.ts';
import { signInWithPassword } from '../../src-main/use-cases/sign-in/sign-in-with-password.ts';
import { cancelImport, importUsers } from '../../src-main/use-cases/users/import-users.ts';
import { CALLER, openBenchEngine, PASSWORD } from './engine.ts';
import { type Figure, median, milliseconds } from './figures.ts';
import { close, fail } from './store-figures.ts';

const PEOPLE = IMPORT_MAX_ROWS;
/** Invitations measured before the rest is left, and people before they are taken out again. */
const INVITED = 2_000;
const UNDONE = 4_000;
/** Milliseconds that whoever signs in meanwhile may have to wait: nobody notices. */
const PIECE = 50;
/** The same once, when an import begins. */
const BEGINNING = 250;

/** How long an import of as many people as may be keeps others from writing: the longest of its transactions. */
export async function importFigures(): Promise<Figure[]> {
  const engine = await openBenchEngine('none');
  const timed = timedStore(engine.deps.store);
  const deps = { ...engine.deps, store: timed.store };
  const by = await owner(deps);
  const figures: Figure[] = [];
  const done = (what: string, aim: number) => figures.push(longest(what, timed.taken(), aim));
  timed.taken();

  const first = await importUsers(deps, by, fileOf('first'), null);
  done(`beginning an import of ${PEOPLE.toLocaleString('en')} people`, BEGINNING);
  while ((await running(deps))?.phase === 'adding') await runJobs(deps);
  done('its longest piece of adding', PIECE);
  await inviteSome(deps, timed.aside);
  done('its longest piece of inviting', PIECE);
  await cancelImport(deps, by, first.importId);

  const second = await importUsers(deps, by, fileOf('second'), null);
  while (((await running(deps))?.done ?? 0) < UNDONE) await runJobs(deps);
  await cancelImport(deps, by, second.importId);
  timed.taken();
  while ((await runJobs(deps)) === 'worked');
  done('its longest piece of taking people out again', PIECE);
  await close(engine);
  return figures;
}

function fileOf(prefix: string): string {
  const lines = Array.from({ length: PEOPLE }, (_, n) => `Person ${n} Newcomer,${prefix}${n}@example.org,+46701234567`);
  return ['name,email,phone', ...lines].join('\n');
}

async function owner(deps: Deps): Promise<Actor> {
  const { token } = await signInWithPassword(deps, CALLER, { email: 'ada@example.org', password: PASSWORD });
  return (await authenticate(deps, CALLER, token)) ?? fail('no session');
}

function running({ store }: Deps) {
  return store.read((tx) => tx.jobs.running('userImport'));
}

/** Letters leave at once, and are not measured. */
async function inviteSome(deps: Deps, aside: <T>(work: () => Promise<T>) => Promise<T>): Promise<void> {
  while (((await running(deps))?.done ?? INVITED) < INVITED) {
    if ((await runJobs(deps)) === 'waiting') {
      await aside(() => dispatchLetters({ ...deps, mail: { send: async () => undefined } }));
    }
  }
}

/** The same store, which remembers how long each transaction took. */
function timedStore(store: Store) {
  let times: number[] = [];
  const timed: Store = {
    ...store,
    async transaction(work) {
      const start = performance.now();
      try {
        return await store.transaction(work);
      } finally {
        times.push(performance.now() - start);
      }
    },
  };
  return {
    store: timed,
    /** The times since the last question. */
    taken(): readonly number[] {
      const since = times;
      times = [];
      return since;
    },
    /** Work whose times do not count. */
    async aside<T>(work: () => Promise<T>): Promise<T> {
      const before = times;
      times = [];
      try {
        return await work();
      } finally {
        times = before;
      }
    },
  };
}

function longest(name: string, times: readonly number[], aim: number): Figure {
  const time = times.reduce((most, each) => Math.max(most, each), 0);
  const against = `${milliseconds(median(times))} median of ${times.length.toLocaleString('en')}`;
  return { name, measured: milliseconds(time), against, ratio: null, aim: `≤ ${aim} ms`, met: time <= aim };
}
