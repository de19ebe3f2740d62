import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemRandom } from '../../../src-main/adapters/system-ambient.ts';
import { createGuard, LAUNCH_LIFE } from '../../../src-main/hosts/loopback/guard.ts';
import { enter, rawRequest, type Started, startHost, startHostForTest, stop } from '../support/start-loopback.ts';

describe('the launch link', () => {
  afterEach(() => vi.useRealTimers());

  test('trades its token for a cookie that scripts and other sites cannot use, and leads to the page', async () => {
    const { port, token } = await startHostForTest().ready();
    const { status, headers } = await rawRequest(port, `/?launch=${token}`);
    expect([status, headers.location, headers['set-cookie']]).toEqual([
      303,
      '/',
      [expect.stringMatching(/^vestibule_guard_[0-9a-f]{8}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)],
    ]);
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await rawRequest(port, '/', { headers: { cookie } })).status).toBe(200);
  });

  test('opens one browser, not two', async () => {
    const { port, token } = await startHostForTest().ready();
    const answers = await Promise.all(Array.from({ length: 20 }, () => rawRequest(port, `/?launch=${token}`)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
  });

  test('followed again in the browser it opened, leads to the page', async () => {
    const { port, token } = await startHostForTest().ready();
    const cookie = await enter(port, token);
    expect((await rawRequest(port, `/?launch=${token}`, { headers: { cookie } })).status).toBe(303);
  });

  test('is not used up by a glance (HEAD), a wrong token, or another path', async () => {
    const { port, token } = await startHostForTest().ready();
    const glances = await Promise.all([
      rawRequest(port, `/?launch=${token}`, { method: 'HEAD' }),
      rawRequest(port, `/profile?launch=${token}`),
      rawRequest(port, `/?launch=${token.slice(1)}`),
      rawRequest(port, '/?launch='),
      rawRequest(port, `/?launch=${'x'.repeat(8000)}`),
    ]);
    expect(glances.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect((await rawRequest(port, `/?launch=${token}`)).status).toBe(303);
  });

  test('expires', () => {
    vi.useFakeTimers();
    const guard = createGuard({ port: 80, cookieSuffix: '0', random: systemRandom });
    const visit = (token: string) =>
      guard.check(new Request(`http://localhost/?launch=${token}`, { headers: { host: 'localhost' } }))?.status;
    const [used, unused] = [guard.issueLaunch(), guard.issueLaunch()];
    vi.advanceTimersByTime(LAUNCH_LIFE - 1);
    expect(visit(used)).toBe(303);
    vi.advanceTimersByTime(1);
    expect(visit(unused)).toBe(401);
  });

  test('only the newest sixteen wait', () => {
    const guard = createGuard({ port: 80, cookieSuffix: '0', random: systemRandom });
    const tokens = Array.from({ length: 17 }, () => guard.issueLaunch());
    const statuses = tokens.map(
      (token) =>
        guard.check(new Request(`http://localhost/?launch=${token}`, { headers: { host: 'localhost' } }))?.status,
    );
    expect(statuses).toEqual([401, ...Array.from({ length: 16 }, () => 303)]);
  });
});

describe('a running host', () => {
  let started: Started;
  let port: number;
  let cookie: string;
  let data: string;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'vestibule-guard-'));
    started = startHost(['--no-open', '--data', data]);
    const ready = await started.ready();
    port = ready.port;
    cookie = await enter(port, ready.token);
  });
  afterAll(async () => {
    await stop(started);
    rmSync(data, { recursive: true, force: true });
  });

  const status = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    (await rawRequest(port, path, { method, headers: { cookie, ...headers } })).status;

  test('S62 answers to its own names with its own port, and to no other', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'vestibule.localhost', 'LOCALHOST']) {
      expect([name, await status('/', { host: `${name}:${port}` })]).toEqual([name, 200]);
    }
    const foreign = [
      ...['rebound.example', `rebound.example:${port}`, `127.0.0.1.rebound.example:${port}`, `127.0.0.1:${port + 1}`],
      ...['localhost', '127.0.0.1', `[::1]:${port}`, `0.0.0.0:${port}`, `evil.localhost:${port}`, `2130706433:${port}`],
      ...[`user@127.0.0.1:${port}`, `127.0.0.1:${port}, rebound.example`, 'two words'],
    ];
    for (const host of foreign) {
      for (const path of ['/', '/assets/app-x1y2z3.js', '/api/trpc/counted', '/?launch=x']) {
        expect([host, path, await status(path, { host })]).toEqual([host, path, 403]);
      }
    }
  });

  test.each([
    ['no name', ['GET / HTTP/1.0']],
    ['two names', ['GET / HTTP/1.0', 'Host: 127.0.0.1:PORT', 'Host: rebound.example']],
    ['an empty name', ['GET / HTTP/1.1', 'Host:', 'Connection: close']],
  ])('S62 a request with %s is refused', async (_, lines) => {
    const said = await speak(port, [...lines.map((line) => line.replace('PORT', String(port))), `Cookie: ${cookie}`]);
    expect(said).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('S62 the launch token is worth nothing under another name', async () => {
    const { token } = await startHost(['--no-open', '--data', data]).ready();
    expect(await status(`/?launch=${token}`, { host: 'rebound.example' })).toBe(403);
    expect((await rawRequest(port, `/?launch=${token}`)).status).toBe(303);
  });

  test('S63 a change is made by our own page alone', async () => {
    const own = `http://127.0.0.1:${port}`;
    const post = (headers: Record<string, string>) =>
      status('/api/trpc/count', { 'content-type': 'application/json', ...headers }, 'POST');
    expect(await post({ origin: own })).toBe(200);
    const others = [
      'http://rebound.example',
      `http://localhost:${port}`,
      `https://127.0.0.1:${port}`,
      own.slice(0, -1),
    ];
    for (const origin of [...others, 'null', '']) expect([origin, await post({ origin })]).toEqual([origin, 403]);
    expect(await post({})).toBe(403);
    expect(await post({ origin: own, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await status('/api/trpc/count', { origin: own, 'content-type': 'text/plain' }, 'POST')).toBe(415);
    expect(await status('/api/trpc/count', { origin: own })).toBe(405);
  });

  test('S63 other sites, and other ports of this computer, can read nothing', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect(await status('/api/trpc/counted', { 'sec-fetch-site': site })).toBe(403);
      expect(await status('/assets/app-x1y2z3.js', { 'sec-fetch-site': site, 'sec-fetch-dest': 'script' })).toBe(403);
      expect(await status('/', { 'sec-fetch-site': site, 'sec-fetch-dest': 'iframe' })).toBe(403);
      expect(await status('/', { 'sec-fetch-site': site, 'sec-fetch-dest': 'document' })).toBe(200);
    }
    expect(await status('/api/trpc/counted', { origin: 'http://localhost:3000' })).toBe(403);
    for (const site of ['same-origin', 'none']) {
      expect(await status('/api/trpc/counted', { 'sec-fetch-site': site })).toBe(200);
    }
  });

  test('S63 nobody gets a WebSocket', async () => {
    for (const origin of ['http://rebound.example', `http://127.0.0.1:${port}`]) {
      const answer = await speak(port, [
        'GET /api/trpc/counted HTTP/1.1',
        `Host: 127.0.0.1:${port}`,
        `Origin: ${origin}`,
        `Cookie: ${cookie}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ]);
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    }
  });

  test.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])('%s is not answered', async (method) => {
    expect(await status('/api/trpc/count', { origin: `http://127.0.0.1:${port}` }, method)).toBe(405);
    expect(await status('/', { origin: `http://127.0.0.1:${port}` }, method)).toBe(405);
  });

  test('no browser without the cookie gets past the door, which says how to open it', async () => {
    const [name, secret = ''] = cookie.split('=');
    const wrong = [
      '',
      `${name}=`,
      `${name}=${secret.slice(1)}`,
      `${name}=${secret}x`,
      `x${name}=${secret}`,
      `other=${secret}`,
    ];
    for (const other of wrong) {
      expect([other, await status('/', { cookie: other })]).toEqual([other, 401]);
      expect([other, await status('/assets/app-x1y2z3.js', { cookie: other })]).toEqual([other, 401]);
    }
    const page = await rawRequest(port, '/');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('npm start -- --no-open');
    const call = await rawRequest(port, '/api/trpc/counted');
    expect([call.status, JSON.parse(call.text).error.data]).toEqual([
      401,
      { code: 'UNAUTHORIZED', httpStatus: 401, host: true },
    ]);
  });

  test('a cookie of the same name planted by another port does not lock its owner out', async () => {
    const [name] = cookie.split('=');
    expect(await status('/', { cookie: `${name}=planted; other=1; ${cookie}` })).toBe(200);
  });

  test('no raw path leads out of the renderer', async () => {
    const out = [
      '/../beside-the-renderer.txt',
      '/assets/../../beside-the-renderer.txt',
      '/..\\beside-the-renderer.txt',
    ];
    for (const path of [...out, '/%2e%2e/beside-the-renderer.txt', `http://127.0.0.1:${port}/`, '*']) {
      expect([path, await status(path)]).toEqual([path, 400]);
    }
  });

  test('headers without end are cut off', async () => {
    expect(await status('/', { 'x-long': 'x'.repeat(20_000) })).toBe(431);
  });
});

/** Everything the server says until it hangs up. */
function speak(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.on('data', (chunk) => (said += chunk));
    socket.on('end', () => resolve(said)).on('error', reject);
  });
}
