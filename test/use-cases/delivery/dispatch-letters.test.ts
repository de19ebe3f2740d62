import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderMail } from '../../../src-main/adapters/mail/folder-mail.ts';
import { MailFailure } from '../../../src-main/domain/mail-failure.ts';
import type { Letter, Message } from '../../../src-main/domain/message.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../src-main/domain/values.ts';
import type { Mail } from '../../../src-main/ports/mail.ts';
import type { OutboxRow, Store } from '../../../src-main/ports/store.ts';
import { type DispatchDeps, dispatchLetters } from '../../../src-main/use-cases/delivery/dispatch-letters.ts';
import { enqueueLetter } from '../../../src-main/use-cases/delivery/enqueue-letter.ts';
import { addPerson, PERSON } from '../../support/add-person.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { letterOf, MESSAGES } from '../../support/letters.ts';

interface Post {
  readonly engine: Engine;
  /** Everything handed over, in order. */
  readonly handed: { id: string; letter: Letter; at: Instant }[];
  /** What the next hand-overs meet; past its end all goes well. */
  readonly weather: (() => Promise<void>)[];
  readonly mail: Mail;
  enqueue(message?: Message): Promise<string>;
  dispatch(change?: Partial<DispatchDeps>): ReturnType<typeof dispatchLetters>;
  row(id: string): Promise<OutboxRow | null>;
}

const REFUSED = async () => {
  throw new Error('connection refused');
};

async function openPost(): Promise<Post> {
  const engine = await openEngine();
  await addPerson(engine.deps.store);
  const handed: Post['handed'] = [];
  const weather: Post['weather'] = [];
  const mail: Mail = {
    async send(id, letter, at) {
      handed.push({ id, letter, at });
      await weather.shift()?.();
    },
  };
  return {
    engine,
    handed,
    weather,
    mail,
    enqueue: (message = MESSAGES.passwordChanged) =>
      engine.deps.store.transaction((tx) => enqueueLetter(engine.deps, tx, PERSON, message, engine.clock.now())),
    dispatch: (change = {}) => dispatchLetters({ ...engine.deps, mail, ...change }),
    row: (id) => engine.read((tx) => tx.outbox.find(id)),
  };
}

const NOTHING = { sent: 0, retried: 0, failed: 0 };

/** A code that expires five minutes from now. */
function codeAt(now: Instant): Message {
  return { ...MESSAGES.signInCode, expiresAt: now + 5 * MINUTE };
}

test('R51 a letter leaves at once, with its id and the time it was written, and is erased', async () => {
  const post = await openPost();
  const writtenAt = post.engine.clock.now();
  const id = await post.enqueue();
  post.engine.clock.advance(3 * SECOND);
  expect(await post.dispatch()).toEqual({ ...NOTHING, sent: 1 });
  const letter = letterOf(MESSAGES.passwordChanged, {
    to: PERSON.email,
    name: PERSON.name,
    workspace: 'Harbour & Pine',
  });
  expect(post.handed).toEqual([{ id, letter, at: writtenAt }]);
  expect(await post.row(id)).toMatchObject({ state: 'sent', sealed: null });
  expect(await post.dispatch()).toEqual(NOTHING);
});

test('S70 a waiting letter is sealed: neither code nor addressee can be read from its row', async () => {
  const post = await openPost();
  const row = await post.row(await post.enqueue(codeAt(post.engine.clock.now())));
  expect(row).toMatchObject({ state: 'queued', attempts: 0, accountId: PERSON.id });
  expect(row?.sealed).toMatch(/^1\|A256GCM\|/);
  expect(JSON.stringify(row)).not.toMatch(/042917|example\.org/);
});

test('a letter and its act are recorded both or neither', async () => {
  const post = await openPost();
  const { store } = post.engine.deps;
  const failing = store.transaction(async (tx) => {
    await enqueueLetter(post.engine.deps, tx, PERSON, MESSAGES.passwordChanged, 0);
    throw new Error('the act failed');
  });
  await expect(failing).rejects.toThrow('the act failed');
  expect(await post.dispatch()).toEqual(NOTHING);
});

test('S59 R51 what fails is tried again after 5 s, 10 s, 20 s …, at most 5 min apart', async () => {
  const post = await openPost();
  const id = await post.enqueue();
  post.weather.push(...Array<() => Promise<void>>(9).fill(REFUSED));
  const waits: number[] = [];
  for (let tries = 0; tries < 9; tries += 1) {
    expect(await post.dispatch()).toEqual({ ...NOTHING, retried: 1 });
    expect(await post.dispatch()).toEqual(NOTHING);
    const wait = ((await post.row(id))?.dueAt ?? 0) - post.engine.clock.now();
    waits.push(wait / SECOND);
    post.engine.clock.advance(wait);
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  expect(await post.dispatch()).toEqual({ ...NOTHING, sent: 1 });
  expect(new Set(post.handed.map((each) => each.id))).toEqual(new Set([id]));
});

describe('a letter that nobody needs any more is given up and erased', () => {
  test('a code once it has expired, unsent', async () => {
    const post = await openPost();
    const id = await post.enqueue(codeAt(post.engine.clock.now()));
    post.engine.clock.advance(5 * MINUTE);
    expect(await post.dispatch()).toEqual({ ...NOTHING, failed: 1 });
    expect(post.handed).toEqual([]);
    expect(await post.row(id)).toMatchObject({ state: 'failed', sealed: null });
  });

  test('a code as soon as the next try would come too late, so that another way is offered in time', async () => {
    const post = await openPost();
    const id = await post.enqueue(codeAt(post.engine.clock.now()));
    post.weather.push(...Array<() => Promise<void>>(20).fill(REFUSED));
    let waited = 0;
    while ((await post.row(id))?.state === 'queued') {
      await post.dispatch();
      const wait = ((await post.row(id))?.dueAt ?? 0) - post.engine.clock.now();
      post.engine.clock.advance(wait);
      waited += wait;
    }
    expect(waited).toBeLessThan(5 * MINUTE);
    expect(await post.row(id)).toMatchObject({ state: 'failed', sealed: null });
  });

  test('S59 what the mail server refuses for good at once, and it is not offered again', async () => {
    const post = await openPost();
    const id = await post.enqueue(codeAt(post.engine.clock.now()));
    post.weather.push(() => Promise.reject(new MailFailure('recipientRejected', '550 no such user', true)));
    expect(await post.dispatch()).toEqual({ ...NOTHING, failed: 1 });
    expect(await post.row(id)).toMatchObject({ state: 'failed', sealed: null });
    post.engine.clock.advance(MINUTE);
    expect(await post.dispatch()).toEqual(NOTHING);
    expect(post.handed).toHaveLength(1);
  });

  test.each(['timeout', 'dropped', 'authRejected', 'senderRejected', 'recipientRejected'] as const)(
    'S59 but not for %s, which time or other settings may mend',
    async (reason) => {
      const post = await openPost();
      const id = await post.enqueue();
      post.weather.push(() => Promise.reject(new MailFailure(reason)));
      expect(await post.dispatch()).toEqual({ ...NOTHING, retried: 1 });
      expect(await post.row(id)).toMatchObject({ state: 'queued', attempts: 1 });
    },
  );

  test('anything else after a day', async () => {
    const post = await openPost();
    const id = await post.enqueue();
    post.weather.push(REFUSED, REFUSED);
    await post.dispatch();
    post.engine.clock.advance(DAY - 2 * MINUTE);
    expect(await post.dispatch()).toEqual({ ...NOTHING, retried: 1 });
    post.engine.clock.advance(HOUR);
    expect(await post.dispatch()).toEqual({ ...NOTHING, failed: 1 });
    expect(await post.row(id)).toMatchObject({ state: 'failed', sealed: null });
  });

  test('S19 one that does not open, without being sent and without holding up the next', async () => {
    const post = await openPost();
    const [moved] = [await post.row(await post.enqueue())];
    await post.engine.deps.store.transaction((tx) => tx.outbox.add({ ...(moved as OutboxRow), id: 'moved' }));
    expect(await post.dispatch()).toEqual({ ...NOTHING, sent: 1, failed: 1 });
    expect(post.handed.map(({ id }) => id)).toEqual([moved?.id]);
    expect(await post.row('moved')).toMatchObject({ state: 'failed', sealed: null });
  });
});

describe('no duplicates', () => {
  test('R51 of twenty parallel dispatches, each letter is handed over once', async () => {
    const post = await openPost();
    const ids: string[] = [];
    for (let each = 0; each < 30; each += 1) ids.push(await post.enqueue());
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => post.dispatch()));
    expect(outcomes.reduce((sum, { sent }) => sum + sent, 0)).toBe(30);
    expect(post.handed.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  test('R51 a letter that hangs holds up no other, and is not sent again meanwhile', async () => {
    const post = await openPost();
    const hanging = await post.enqueue();
    let letGo = () => {};
    post.weather.push(() => new Promise((resolve) => (letGo = resolve)));
    const first = post.dispatch();
    while (post.handed.length === 0) await new Promise(setImmediate);
    const next = await post.enqueue();
    expect(await post.dispatch()).toEqual({ ...NOTHING, sent: 1 });
    expect(post.handed.map(({ id }) => id)).toEqual([hanging, next]);
    letGo();
    expect(await first).toEqual({ ...NOTHING, sent: 1 });
    expect(await post.row(hanging)).toMatchObject({ state: 'sent' });
  });

  test('S74 R51 a crash between sending and recording makes the same file again, not a second one', async () => {
    const post = await openPost();
    const folder = join(post.engine.folder, 'outbox', 'mail');
    await post.enqueue();
    const { store } = post.engine.deps;
    const dies: Store = {
      ...store,
      read: (work) => store.read(work),
      transaction: () => Promise.reject(new Error('killed')),
    };
    await expect(post.dispatch({ store: dies, mail: folderMail(folder) })).rejects.toThrow('killed');
    const [name = ''] = readdirSync(folder);
    const before = readFileSync(join(folder, name));
    post.engine.clock.advance(HOUR); // the next run, later
    expect(await post.dispatch({ mail: folderMail(folder) })).toEqual({ ...NOTHING, sent: 1 });
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(join(folder, name)).equals(before)).toBe(true);
  });
});

test('once it is told to stop it takes up no further letter', async () => {
  const post = await openPost();
  const ids = [await post.enqueue(), await post.enqueue()];
  const stop = new AbortController();
  stop.abort();
  expect(await post.dispatch({ stop: stop.signal })).toEqual(NOTHING);
  for (const id of ids) expect(await post.row(id)).toMatchObject({ state: 'queued', attempts: 0 });
});

test('nothing is sent inside a transaction: the store can be written while a letter is under way', async () => {
  const post = await openPost();
  await post.enqueue();
  let written = false;
  post.weather.push(async () => {
    await post.enqueue();
    written = true;
  });
  expect(await post.dispatch()).toEqual({ ...NOTHING, sent: 2 });
  expect(written).toBe(true);
});

test('each change of a letter’s state rings for its account', async () => {
  const post = await openPost();
  const stop = new AbortController();
  const rings = post.engine.deps.bell.listen(`delivery:${PERSON.id}`, stop.signal)[Symbol.asyncIterator]();
  post.weather.push(REFUSED);
  await post.enqueue();
  await post.dispatch();
  post.engine.clock.advance(MINUTE);
  await post.dispatch();
  await rings.next();
  await rings.next();
  stop.abort();
  expect((await rings.next()).done).toBe(true);
});

test('S80 a failed delivery is logged by letter id, without the letter', async () => {
  const post = await openPost();
  const lines: unknown[] = [];
  const note = (...line: unknown[]) => void lines.push(line);
  post.weather.push(REFUSED);
  const id = await post.enqueue(codeAt(post.engine.clock.now()));
  await post.dispatch({ log: { info: note, warn: note, error: note } });
  expect(lines).toEqual([[{ letter: id, attempts: 1, error: expect.any(Error) }, 'A letter could not be delivered']]);
});
