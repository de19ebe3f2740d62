import { expect, test } from 'vitest';
import { policyOf } from '../../src-main/domain/policy.ts';
import { startJobLoop } from '../../src-main/hosts/job-loop.ts';
import { OUTBOX_TOPIC } from '../../src-main/use-cases/delivery/enqueue-letter.ts';
import { PROGRESS_TOPIC } from '../../src-main/use-cases/jobs/job-progress.ts';
import { addPerson, PERSON } from '../support/add-person.ts';
import { openEngine } from '../support/engine.ts';

const PEOPLE = 150;

/** Writes to all of them; what the bell rang, in its order. A piece takes so many milliseconds. */
async function ringsOfWork(pieceTakes: number): Promise<string[]> {
  const { deps, clock } = await openEngine({ durability: 'none' });
  await addPerson(deps.store);
  const policy = { ...policyOf('strong'), enforcement: 'required' as const };
  const job = {
    id: 'job',
    kind: 'setupInstructions',
    state: 'running',
    phase: null,
    reason: null,
    cursor: '',
  } as const;
  await deps.store.transaction(async (tx) => {
    for (let index = 1; index < PEOPLE; index += 1) {
      await tx.accounts.add({ ...PERSON, id: `p${index}`, emailKey: `p${index}`, email: `p${index}@example.org` });
    }
    await tx.workspace.changePolicy(policy, clock.now(), clock.now());
    await tx.jobs.add({ ...job, done: 0, total: PEOPLE, createdBy: PERSON.id, createdAt: clock.now(), endedAt: null });
  });
  const rings: string[] = [];
  let ended = false;
  const bell = {
    ...deps.bell,
    ring(topic: string) {
      rings.push(topic);
      if (topic === OUTBOX_TOPIC) clock.advance(pieceTakes);
    },
  };
  const loop = startJobLoop({ ...deps, bell });
  while (!ended) {
    await new Promise(setImmediate);
    ended = (await deps.store.read((tx) => tx.jobs.find('job')))?.state === 'done';
  }
  await loop.stop();
  return rings;
}

test('R28 how far long work came is told once it has begun and once it has ended, though its pieces take a moment', async () => {
  const rings = await ringsOfWork(0);
  expect(rings.filter((topic) => topic === OUTBOX_TOPIC).length).toBeGreaterThan(2);
  expect(rings.filter((topic) => topic === PROGRESS_TOPIC)).toHaveLength(2);
  expect(rings.at(-1)).toBe(PROGRESS_TOPIC);
});

test('R28 and after every piece where each takes half a second', async () => {
  const rings = await ringsOfWork(500);
  const pieces = rings.filter((topic) => topic === OUTBOX_TOPIC).length;
  expect(rings.filter((topic) => topic === PROGRESS_TOPIC)).toHaveLength(pieces + 1);
});
