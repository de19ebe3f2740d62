import { expect, test, vi } from 'vitest';
import { policyOf } from '../../src-main/domain/policy.ts';
import { startJobLoop } from '../../src-main/hosts/job-loop.ts';
import type { Deps } from '../../src-main/ports/deps.ts';
import type { Store } from '../../src-main/ports/store.ts';
import { OUTBOX_TOPIC } from '../../src-main/use-cases/delivery/enqueue-letter.ts';
import { LETTERS_WAITING } from '../../src-main/use-cases/jobs/long-work.ts';
import { JOBS_TOPIC } from '../../src-main/use-cases/jobs/run-jobs.ts';
import { addPerson, PERSON } from '../support/add-person.ts';
import { type Engine, openEngine } from '../support/engine.ts';

/** A workspace of `count` people, where two-step verification is required, and the letters about it not begun. */
async function openWork(count: number): Promise<Engine & { begin(): Promise<void> }> {
  const engine = await openEngine({ durability: 'none' });
  await addPerson(engine.deps.store);
  const policy = { ...policyOf('strong'), enforcement: 'required' as const };
  await engine.deps.store.transaction(async (tx) => {
    for (let index = 1; index < count; index += 1) {
      await tx.accounts.add({ ...PERSON, id: `p${index}`, emailKey: `p${index}`, email: `p${index}@example.org` });
    }
    await tx.workspace.changePolicy(policy, engine.clock.now(), engine.clock.now());
  });
  const job = { kind: 'setupInstructions', state: 'running', phase: null, reason: null, cursor: '' } as const;
  const begin = async () => {
    const begun = {
      ...job,
      done: 0,
      total: count,
      id: 'job',
      createdBy: PERSON.id,
      createdAt: engine.clock.now(),
      endedAt: null,
    };
    await engine.deps.store.transaction((tx) => tx.jobs.add(begun));
  };
  return { ...engine, begin };
}

/** Waits until the job is where it should be. */
async function until(deps: Deps, isThere: (done: number, state: string) => boolean): Promise<void> {
  for (;;) {
    const job = await deps.store.read((tx) => tx.jobs.find('job'));
    if (job && isThere(job.done, job.state)) return;
    await new Promise(setImmediate);
  }
}

test('R28 what an earlier run left is gone on with at start', async () => {
  const { deps, begin, read } = await openWork(150);
  await begin();
  const loop = startJobLoop(deps);
  await until(deps, (_, state) => state === 'done');
  await loop.stop();
  expect(await read((tx) => tx.outbox.waiting())).toBe(150);
});

test('R28 it begins when the bell rings, and wakes the dispatcher after each piece', async () => {
  const { deps, begin } = await openWork(150);
  let woken = 0;
  const bell = {
    ...deps.bell,
    ring: (topic: string) => {
      if (topic === OUTBOX_TOPIC) woken += 1;
      deps.bell.ring(topic);
    },
  };
  const loop = startJobLoop({ ...deps, bell });
  await begin();
  deps.bell.ring(JOBS_TOPIC);
  await until(deps, (_, state) => state === 'done');
  await loop.stop();
  expect(woken).toBeGreaterThanOrEqual(2);
});

test('R28 while letters wait it looks again every second; stopped, it leaves no timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { deps, begin, letters } = await openWork(LETTERS_WAITING + 50);
    await begin();
    const loop = startJobLoop(deps);
    await until(deps, (done) => done === LETTERS_WAITING && vi.getTimerCount() === 1);
    await letters();
    vi.advanceTimersByTime(1_000);
    await until(deps, (_, state) => state === 'done');
    await loop.stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('after it has stopped nothing is begun', async () => {
  const { deps, begin, read } = await openWork(10);
  const loop = startJobLoop(deps);
  await loop.stop();
  await begin();
  deps.bell.ring(JOBS_TOPIC);
  await new Promise(setImmediate);
  expect(await read((tx) => tx.jobs.find('job'))).toMatchObject({ done: 0, state: 'running' });
});

test('a store that fails is logged, not thrown, and the work goes on at the next ring', async () => {
  const { deps, begin, read } = await openWork(10);
  let failures = 1;
  const store: Store = {
    ...deps.store,
    read: (work) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error('disk gone')) : deps.store.read(work);
    },
  };
  const logged: string[] = [];
  const note = (_fields: unknown, message: string) => void logged.push(message);
  await begin();
  const loop = startJobLoop({ ...deps, store, log: { info: note, warn: note, error: note } });
  while (logged.length === 0) await new Promise(setImmediate);
  deps.bell.ring(JOBS_TOPIC);
  await until(deps, (_, state) => state === 'done');
  await loop.stop();
  expect(logged).toEqual(['Long work could not go on']);
  expect(await read((tx) => tx.outbox.waiting())).toBe(10);
});
