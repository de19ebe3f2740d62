import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A running host around the contract engine (support/contract-engine.ts), asked as its own page asks it. */
export interface ContractHost {
  /** Fetches from the host's origin, with the page's cookies and, where a page sends one, its Origin. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Without a slash at its end. */
  readonly origin: string;
  close(): Promise<void>;
}

/** tRPC's reply, as far as it is looked into here. */
interface Reply {
  readonly result?: { readonly data: unknown };
  readonly error?: { readonly data: { readonly code: string; readonly httpStatus: number } };
}

const POLICY =
  /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-([\w+/=]+)'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'$/;

/** What every host must do with `handle`; a host's own tests add what only it has. */
export function describeHost(name: string, start: () => Promise<ContractHost>): void {
  describe(`${name} as a host`, () => {
    let host: ContractHost;
    beforeAll(async () => {
      host = await start();
    });
    afterAll(() => host.close());

    const call = (procedure: string, body: string, init: RequestInit = {}) =>
      host.request(`/api/trpc/${procedure}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        ...init,
      });
    const json = async (response: Response): Promise<Reply> => (await response.json()) as Reply;
    const result = async (response: Response) => (await json(response)).result?.data;
    const counted = async () => result(await host.request('/api/trpc/counted'));

    describe('pages', () => {
      test('the page comes with a policy and a nonce that no other answer has', async () => {
        const nonces = await Promise.all(
          ['/', '/', '/index.html'].map(async (path) => {
            const response = await host.request(path);
            const nonce = POLICY.exec(response.headers.get('content-security-policy') ?? '')?.[1];
            const page = await response.text();
            expect(page.match(/nonce="[^"]*"/g)).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`]);
            expect(response.headers.get('cache-control')).toBe('no-store');
            expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
            return nonce;
          }),
        );
        expect(new Set(nonces).size).toBe(3);
      });

      test('every answer carries the protecting headers', async () => {
        for (const path of ['/', '/assets/app-x1y2z3.js', '/assets/none.js', '/api/trpc/counted', '/api/none']) {
          const { headers } = await host.request(path);
          expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
          expect(headers.get('permissions-policy')).toContain('publickey-credentials-get=(self)');
          expect(headers.get('permissions-policy')).toContain('camera=()');
          expect({
            nosniff: headers.get('x-content-type-options'),
            referrer: headers.get('referrer-policy'),
            opener: headers.get('cross-origin-opener-policy'),
            resource: headers.get('cross-origin-resource-policy'),
            frames: headers.get('x-frame-options'),
          }).toEqual({
            nosniff: 'nosniff',
            referrer: 'no-referrer',
            opener: 'same-origin',
            resource: 'same-origin',
            frames: 'DENY',
          });
        }
      });

      test('assets come with their type and may be kept for ever', async () => {
        const types = {
          'app-x1y2z3.js': 'text/javascript; charset=utf-8',
          'app-bq3ft0.css': 'text/css; charset=utf-8',
        };
        for (const [file, type] of Object.entries(types)) {
          const response = await host.request(`/assets/${file}`);
          expect(response.status).toBe(200);
          expect(response.headers.get('content-type')).toBe(type);
          expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
          expect((await response.text()).length).toBeGreaterThan(10);
        }
      });

      test('a path without an extension is a screen; a file that is not there is not', async () => {
        for (const path of ['/profile', '/profile/security', '/users/', '/assets']) {
          const response = await host.request(path);
          expect([path, response.status, await response.text()]).toEqual([
            path,
            200,
            expect.stringContaining('<title>'),
          ]);
        }
        for (const path of ['/none.js', '/assets/none.css', '/assets/app-x1y2z3.exe', '/.env']) {
          expect([path, (await host.request(path)).status]).toEqual([path, 404]);
        }
      });

      test('no path leads out of the renderer, however it is written', async () => {
        const out = [
          '/../beside-the-renderer.txt',
          '/%2e%2e/beside-the-renderer.txt',
          '/..%2fbeside-the-renderer.txt',
          '/assets/..%2f..%2fbeside-the-renderer.txt',
          '/assets/%2e%2e%2f%2e%2e%2fbeside-the-renderer.txt',
          '/..%5cbeside-the-renderer.txt',
          '/%252e%252e%252fbeside-the-renderer.txt',
          '//beside-the-renderer.txt',
          '/%00.txt',
          '/%ff.txt',
        ];
        for (const path of out) {
          const response = await host.request(path);
          expect([path, response.status]).toEqual([
            path,
            expect.toSatisfy((status) => status === 400 || status === 404),
          ]);
          expect(await response.text()).not.toContain('out of reach');
        }
      });

      test('pages are read, not written to', async () => {
        expect((await host.request('/', { method: 'POST', body: 'x' })).status).toBe(405);
        const head = await host.request('/', { method: 'HEAD' });
        expect([head.status, await head.text()]).toEqual([200, '']);
      });
    });

    describe('calls', () => {
      test.each(['0', '""', 'false', 'null', '"text"', '{"a":[1,{"b":"ü€😀"}]}', '[]'])(
        'a body of %s arrives as it is',
        async (body) => {
          expect(await result(await call('echo', body))).toEqual({ input: JSON.parse(body) });
        },
      );

      test('a body of 64 kB arrives whole', async () => {
        const text = 'x'.repeat(64 * 1024 - 2);
        expect(await result(await call('echo', JSON.stringify(text)))).toEqual({ input: text });
      });

      test.each([64 * 1024 + 1, 1024 * 1024])('S5 a body of %i bytes is refused unread', async (size) => {
        const before = await counted();
        const response = await call('count', JSON.stringify('x'.repeat(size - 2)));
        expect(response.status).toBe(413);
        expect(await response.json()).toEqual({
          error: {
            message: expect.stringContaining('64 kB'),
            code: -32013,
            data: { code: 'PAYLOAD_TOO_LARGE', httpStatus: 413, host: true },
          },
        });
        expect(await counted()).toBe(before);
      });

      test('R39 the procedure that takes a file may be sent 4 MB, and no more', async () => {
        const text = (size: number) => JSON.stringify('x'.repeat(size - 2));
        const most = 4 * 1024 * 1024;
        expect(await result(await call('admin.users.import', text(most)))).toEqual({ length: most - 2 });
        const refused = await call('admin.users.import', text(most + 1));
        expect(refused.status).toBe(413);
        expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining('4 MB') } });
      });

      test('S5 a body that does not say its size is measured all the same', async () => {
        const chunk = new TextEncoder().encode('x'.repeat(1024));
        let sent = 0;
        const body = new ReadableStream<Uint8Array>({
          pull(stream) {
            sent += 1;
            if (sent > 100) stream.close();
            else stream.enqueue(chunk);
          },
        });
        const init = { body, duplex: 'half' } as RequestInit;
        expect((await call('count', '', init)).status).toBe(413);
      });

      test('broken JSON is refused in the shape of every error', async () => {
        const response = await call('echo', '{"a":');
        expect(response.status).toBe(400);
        expect((await json(response)).error?.data.httpStatus).toBe(400);
      });

      test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
        'S63 what a form of another site can send (%s) is refused',
        async (type) => {
          const before = await counted();
          const response = await call('count', 'x', { headers: { 'content-type': type } });
          expect(response.status).toBe(415);
          expect((await json(response)).error?.data.code).toBe('UNSUPPORTED_MEDIA_TYPE');
          expect(await counted()).toBe(before);
        },
      );

      test('S63 a change cannot be asked for by GET', async () => {
        const before = await counted();
        expect((await host.request('/api/trpc/count')).status).toBe(405);
        expect((await host.request('/api/trpc/count', { method: 'HEAD' })).status).toBe(405);
        expect(await counted()).toBe(before);
      });

      test('several calls share a request, and the answer is never kept', async () => {
        const response = await host.request('/api/trpc/counted,counted?batch=1');
        expect(await response.json()).toHaveLength(2);
        expect(response.headers.get('cache-control')).toBe('no-store');
      });

      test('cookies are kept for the engine and from scripts', async () => {
        const response = await call('signIn', '');
        for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/; HttpOnly; SameSite=Strict/);
        const cookies = String(await result(await host.request('/api/trpc/cookies')));
        expect(cookies.split('; ')).toContain('session=secret');
        expect(cookies).not.toContain('pending=');
      });

      test('outside /api/trpc the API has nothing', async () => {
        for (const path of ['/api', '/api/', '/api/other', '/api/trpcx']) {
          const response = await host.request(path);
          expect([path, response.status]).toEqual([path, 404]);
        }
      });
    });

    test('events arrive one by one as they happen, and the engine learns that the page has gone', async () => {
      const leave = new AbortController();
      const response = await host.request('/api/trpc/events', {
        headers: { accept: 'text/event-stream' },
        signal: leave.signal,
      });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      const events = eventsOf(response);
      for (const index of [0, 1, 2]) {
        await call('send', String(index));
        expect((await events.next()).value).toEqual({ index });
      }
      leave.abort();
      expect(await result(await host.request('/api/trpc/eventsEnded'))).toBe(true);
    });
  });
}

/** The data of an event stream's messages, as they come. */
async function* eventsOf(response: Response): AsyncGenerator<unknown> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^data: ?(.*)$/m.exec(message)?.[1];
      if (data && !/^event: /m.test(message)) yield JSON.parse(data);
    }
  }
}
