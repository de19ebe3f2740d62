import { runJobs } from '../../src-main/use-cases/jobs/run-jobs.ts';
import type { ImportView } from '../../src-main/use-cases/users/see-import.ts';
import type { Engine } from './engine.ts';
import type { Person } from './person.ts';

/** A file of so many people who are not there yet, the first of them number `from`. */
export function fileOf(count: number, role = 'member', from = 0): string {
  const lines = Array.from({ length: count }, (_, n) => {
    const number = from + n;
    return `Person ${number},person${number}@example.org,+1 202 555 ${1000 + number},${role}`;
  });
  return ['name,email,phone,role', ...lines].join('\n');
}

/** Does one piece of what is under way. */
export async function onePiece(engine: Engine): Promise<void> {
  await runJobs(engine.deps);
}

/** Goes on to the end; letters leave whenever they are waited for. */
export async function toTheEnd(engine: Engine): Promise<void> {
  for (;;) {
    const ran = await runJobs(engine.deps);
    if (ran === 'idle') return;
    if (ran === 'waiting') await engine.letters();
  }
}

/** How the latest import ended. */
export async function ended(engine: Engine, { api }: Pick<Person, 'api'>): Promise<ImportView> {
  await toTheEnd(engine);
  const view = await api.admin.users.latestImport();
  if (!view) throw new Error('There was no import.');
  return view;
}
