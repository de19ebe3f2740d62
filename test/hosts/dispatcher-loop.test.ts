import { expect, test, vi } from 'vitest';
import { startDispatcherLoop } from '../../src-main/hosts/dispatcher-loop.ts';
import type { Mail } from '../../src-main/ports/mail.ts';
import type { Store } from '../../src-main/ports/store.ts';
import { enqueueLetter, OUTBOX_TOPIC } from '../../src-main/use-cases/delivery/enqueue-letter.ts';
import { addPerson, PERSON } from '../support/add-person.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { MESSAGES } from '../support/letters.ts';

/** A mailbox that tells when the next letter has come. */
function mailbox() {
  const arrived: string[] = [];
  let tell = () => {};
  const mail: Mail = {
    async send(id) {
      arrived.push(id);
      tell();
    },
  };
  const until = async (count: number) => {
    while (arrived.length < count) await new Promise<void>((resolve) => (tell = resolve));
  };
  return { arrived, mail, until };
}

async function openPost(): Promise<Engine & { enqueue(): Promise<string> }> {
  const engine = await openEngine();
  await addPerson(engine.deps.store);
  const enqueue = () =>
    engine.deps.store.transaction((tx) =>
      enqueueLetter(engine.deps, tx, PERSON, MESSAGES.passwordChanged, engine.clock.now()),
    );
  return { ...engine, enqueue };
}

test('R51 letters that an earlier run left leave at start', async () => {
  const { deps, enqueue } = await openPost();
  const { mail, arrived, until } = mailbox();
  const id = await enqueue();
  const loop = startDispatcherLoop({ ...deps, mail });
  await until(1);
  await loop.stop();
  expect(arrived).toEqual([id]);
});

test('R51 a letter leaves when the bell rings', async () => {
  const { deps, enqueue } = await openPost();
  const { mail, arrived, until } = mailbox();
  const loop = startDispatcherLoop({ ...deps, mail });
  const first = await enqueue();
  deps.bell.ring(OUTBOX_TOPIC);
  await until(1);
  const second = await enqueue();
  deps.bell.ring(OUTBOX_TOPIC);
  await until(2);
  await loop.stop();
  expect(arrived).toEqual([first, second]);
});

test('R51 a retry leaves when it is due, without a bell', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { deps, enqueue, clock } = await openPost();
    const box = mailbox();
    let refusals = 2;
    const mail: Mail = {
      async send(...letter) {
        refusals -= 1;
        if (refusals >= 0) throw new Error('connection refused');
        await box.mail.send(...letter);
      },
    };
    await enqueue();
    const loop = startDispatcherLoop({ ...deps, mail });
    while (box.arrived.length === 0) {
      await new Promise(setImmediate);
      if (vi.getTimerCount() === 0) continue;
      clock.advance(5_000);
      vi.advanceTimersByTime(5_000);
    }
    await loop.stop();
    expect([box.arrived.length, refusals]).toEqual([1, -1]);
  } finally {
    vi.useRealTimers();
  }
});

test('after it has stopped nothing is sent, and no timer is left', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { deps, enqueue } = await openPost();
    const { mail, arrived } = mailbox();
    const loop = startDispatcherLoop({ ...deps, mail });
    await loop.stop();
    await enqueue();
    deps.bell.ring(OUTBOX_TOPIC);
    await new Promise(setImmediate);
    expect({ arrived, timers: vi.getTimerCount() }).toEqual({ arrived: [], timers: 0 });
  } finally {
    vi.useRealTimers();
  }
});

test('stopping waits until what is under way is recorded', async () => {
  const { deps, enqueue, read } = await openPost();
  const id = await enqueue();
  let begun = () => {};
  let letGo = () => {};
  const underWay = new Promise<void>((resolve) => (begun = resolve));
  const mail: Mail = {
    send: () => {
      begun();
      return new Promise((resolve) => (letGo = resolve));
    },
  };
  const loop = startDispatcherLoop({ ...deps, mail });
  await underWay;
  const stopped = loop.stop();
  letGo();
  await stopped;
  expect(await read((tx) => tx.outbox.find(id))).toMatchObject({ state: 'sent' });
});

test('a store that fails is logged, not thrown, and tried again at the next ring', async () => {
  const { deps, enqueue } = await openPost();
  const { mail, arrived, until } = mailbox();
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
  const loop = startDispatcherLoop({ ...deps, store, mail, log: { info: note, warn: note, error: note } });
  const id = await enqueue();
  deps.bell.ring(OUTBOX_TOPIC);
  await until(1);
  await loop.stop();
  expect({ arrived, logged }).toEqual({ arrived: [id], logged: ['Letters could not be dispatched'] });
});
