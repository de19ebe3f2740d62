import { expect, test, vi } from 'vitest';
import { createScheme } from '../../../src-main/hosts/electron/scheme.ts';
import { startElectron } from './start-electron.ts';

const ORIGIN = 'app://vestibule';

/** A scheme before an engine that sets the given cookies and tells what came back. */
function schemeSetting(...cookies: string[]) {
  const waiting = [...cookies];
  return createScheme(async (request) => {
    const headers = new Headers();
    for (const cookie of waiting.splice(0)) headers.append('set-cookie', cookie);
    return new Response(request.headers.get('cookie'), { headers });
  });
}

const cookiesAt = async (scheme: ReturnType<typeof createScheme>, path: string, headers = {}) =>
  (await scheme.answer(new Request(ORIGIN + path, { headers }))).text();

test('S65 no answer to the page carries a token; the next call does', async () => {
  const scheme = schemeSetting('session=s1; Path=/api; HttpOnly; SameSite=Strict', 'pending=p1; Path=/api; HttpOnly');
  const answer = await scheme.answer(new Request(`${ORIGIN}/api/trpc/x`));
  expect([...answer.headers.keys()]).not.toContain('set-cookie');
  expect([answer.headers.getSetCookie(), await answer.text()]).toEqual([[], '']);
  expect(await cookiesAt(scheme, '/api/trpc/x')).toBe('session=s1; pending=p1');
});

test('a page cannot bring cookies of its own', async () => {
  const scheme = schemeSetting('session=s1; Path=/api');
  await cookiesAt(scheme, '/api');
  expect(await cookiesAt(scheme, '/api', { cookie: 'session=planted' })).toBe('session=s1');
});

test('cookies keep to their path', async () => {
  const scheme = schemeSetting('a=1; Path=/api', 'b=2; Path=/', 'c=3; path=/api/', 'd=4');
  await cookiesAt(scheme, '/');
  const sent = await Promise.all(
    ['/api', '/api/trpc/x', '/apiary', '/', '/index.html'].map((path) => cookiesAt(scheme, path)),
  );
  expect(sent).toEqual(['a=1; b=2; d=4', 'a=1; b=2; c=3; d=4', 'b=2; d=4', 'b=2; d=4', 'b=2; d=4']);
});

test('a cookie is replaced by name and path, and ended by Max-Age=0', async () => {
  const jar: string[][] = [
    ['s=1; Path=/api'],
    ['s=2; Path=/api'],
    ['s=; Path=/; Max-Age=0'],
    ['s=; Path=/api; Max-Age=0'],
  ];
  const scheme = createScheme(async (request) => {
    const headers = new Headers();
    for (const cookie of jar.shift() ?? []) headers.append('set-cookie', cookie);
    return new Response(request.headers.get('cookie'), { headers });
  });
  const seen: string[] = [];
  for (let call = 0; call < 5; call += 1) seen.push(await cookiesAt(scheme, '/api'));
  expect(seen).toEqual(['', 's=1', 's=2', 's=2', '']);
});

test('S62 S63 S66 nobody but the page itself is answered', async () => {
  const { opened, fetch } = startElectron();
  await opened;
  const status = async (url: string, headers = {}) => (await fetch(url, { headers })).status;
  for (const url of [
    'app://other/',
    'app://vestibule.example/',
    'app://vestibule:1/',
    'app://x@y/'.replace('x@', ''),
  ]) {
    expect([url, await status(url)]).toEqual([url, 403]);
  }
  for (const origin of ['https://evil.example', 'app://other', 'file://', 'null']) {
    expect([origin, await status(`${ORIGIN}/api/trpc/counted`, { origin })]).toEqual([origin, 403]);
  }
  expect(await status(`${ORIGIN}/api/trpc/counted`, { origin: ORIGIN })).toBe(200);
  expect(await status(`${ORIGIN}/`)).toBe(200);
});

test('a bug in the engine is told in the shape of every error, and not in its words', async () => {
  const scheme = createScheme(() => Promise.reject(new Error('secret detail')));
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const answer = await scheme.answer(new Request(`${ORIGIN}/`));
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('secret detail');
  expect(String(written.mock.calls)).toContain('secret detail');
  written.mockRestore();
});

test('an answer that is still coming is passed on piece by piece, and stopped when its reader leaves', async () => {
  const told: string[] = [];
  const scheme = createScheme(async ({ signal }) => {
    signal.addEventListener('abort', () => told.push('gone'));
    let piece = 0;
    return new Response(
      new ReadableStream({
        pull: (stream) => stream.enqueue(new TextEncoder().encode(String(piece++))),
        cancel: () => void told.push('cancelled'),
      }),
    );
  });
  const reader = (await scheme.answer(new Request(`${ORIGIN}/`))).body?.getReader();
  const pieces = [await reader?.read(), await reader?.read()].map((part) => new TextDecoder().decode(part?.value));
  expect(pieces).toEqual(['0', '1']);
  await reader?.cancel();
  expect(told).toEqual(['gone', 'cancelled']);
});
