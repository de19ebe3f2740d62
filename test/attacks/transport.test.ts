import { expect, test } from 'vitest';
import { openEngine } from '../support/engine.ts';
import { CREDENTIALS, signedInOwner } from '../support/person.ts';
import { browserAt, SESSION_COOKIE } from './support/browser.ts';
import { changedTables, dumpOf } from './support/database.ts';
import { INPUTS } from './support/inputs.ts';
import { PROCEDURES } from './support/procedures.ts';

/** The owner's own browser, cookie and all: what another site would ride on. */
async function signedInBrowser() {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  const browser = browserAt(engine);
  browser.cookies.set(SESSION_COOKIE, owner.jar.session ?? '');
  return { engine, browser };
}

const MUTATIONS = PROCEDURES.filter(({ type }) => type === 'mutation').map(({ path }) => path);
const QUERIES = PROCEDURES.filter(({ type }) => type === 'query').map(({ path }) => path);

test('S63 no mutation is done by GET: not by a link, an image or a redirect', async () => {
  const { engine, browser } = await signedInBrowser();
  const before = dumpOf(engine);
  for (const path of MUTATIONS) {
    const { status, refusal } = await browser.query(path, INPUTS[path]);
    expect([path, status, refusal]).toEqual([path, 405, null]);
  }
  expect(changedTables(before, dumpOf(engine))).toEqual([]);
  expect((await browser.query('self.me')).status).toBe(200);
});

test('S63 no query is answered by POST, which could hide what is asked', async () => {
  const { browser } = await signedInBrowser();
  for (const path of QUERIES) expect([path, (await browser.mutate(path, INPUTS[path])).status]).toEqual([path, 405]);
});

test('S63 other methods do nothing', async () => {
  const { engine, browser } = await signedInBrowser();
  const before = dumpOf(engine);
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
    const { status } = await browser.send('self.signOut', { method });
    expect([method, status >= 400 || method === 'HEAD']).toEqual([method, true]);
  }
  expect(changedTables(before, dumpOf(engine))).toEqual([]);
});

test('S63 what a page elsewhere can send without asking first does nothing: forms, text, raw bytes', async () => {
  const { engine, browser } = await signedInBrowser();
  const before = dumpOf(engine);
  const form = new FormData();
  form.set('id', 'x');
  const bodies: Record<string, RequestInit> = {
    text: { headers: { 'content-type': 'text/plain' }, body: '{}' },
    'a form': { body: new URLSearchParams({ id: 'x' }) },
    'a form with files': { body: form },
    'an empty form with files': { body: new FormData() },
    bytes: { headers: { 'content-type': 'application/octet-stream' }, body: '{}' },
    'nothing declared': { body: new Blob(['{}']) },
  };
  for (const path of MUTATIONS) {
    for (const [what, init] of Object.entries(bodies)) {
      const { status } = await browser.send(path, { method: 'POST', ...init });
      expect([path, what, status >= 400 && status < 500]).toEqual([path, what, true]);
    }
  }
  expect(changedTables(before, dumpOf(engine))).toEqual([]);
  expect((await browser.query('self.me')).status).toBe(200);
});

test('S63 a request is one call: no batch of guesses rides on one', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const browser = browserAt(engine);
  const before = dumpOf(engine, { counters: true });
  const guesses = Array.from({ length: 30 }, (_, index) => [
    String(index),
    { ...CREDENTIALS, password: `no ${index}` },
  ]);
  const paths = guesses.map(() => 'open.signIn.withPassword').join(',');
  const body = JSON.stringify(Object.fromEntries(guesses));
  const headers = { 'content-type': 'application/json' };
  const { status } = await browser.send(`${paths}?batch=1`, { method: 'POST', headers, body });
  const unmarked = await browser.send(paths, { method: 'POST', headers, body });
  const reading = await browser.send('open.welcome,self.me?batch=1', {});
  expect([status, unmarked.status, reading.status]).toEqual([400, 404, 400]);
  expect(changedTables(before, dumpOf(engine, { counters: true }))).toEqual([]);
});

test('S80 a body that cannot be read is refused, and neither log nor answer gives the stack', async () => {
  const { browser } = await signedInBrowser();
  for (const body of ['{', '[', 'nonsense', '{"a":', '\u0000', '"\\ud800"', '[['.repeat(10_000)]) {
    const { status, text } = await browser.send('self.signOut', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(status).toBe(400);
    expect(text).not.toMatch(/node_modules|src-main|\bat [\w.]+ \(/);
  }
  expect((await browser.query('self.me')).status).toBe(200);
});
