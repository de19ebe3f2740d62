import { createCookieJar } from '../cookie-jar.ts';
import type { KeptCookies } from '../kept-cookies.ts';
import { refuse } from '../refusal.ts';
import { whenCancelled } from '../when-cancelled.ts';

/** Where the app's pages live. `app:` has no other host. */
export const ORIGIN = 'app://vestibule';

/** To be told Electron before it is ready. */
export const SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};

export function isOurs(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'app:' && parsed.host === 'vestibule' && parsed.username === '' && parsed.password === '';
}

/** Serves the scheme with the engine, and keeps the cookies that a scheme of one's own has not (ARCHITECTURE 2). */
export function createScheme(handle: (request: Request) => Promise<Response>, kept?: KeptCookies) {
  const jar = createCookieJar(kept);

  /** For `protocol.handle`. */
  async function answer(request: Request): Promise<Response> {
    const origin = request.headers.get('origin');
    if (!isOurs(request.url) || (origin !== null && origin !== ORIGIN)) {
      return refuse('FORBIDDEN', 'Vestibule answers its own pages only.'); // S62, S63
    }
    const headers = new Headers(request.headers);
    headers.set('cookie', jar.cookiesFor(new URL(request.url).pathname)); // never what the request brought
    const gone = new AbortController(); // Electron tells a request nothing when its page leaves: it cancels the answer
    try {
      const response = await handle(new Request(request, { headers, signal: gone.signal }));
      const left = new Headers(response.headers);
      for (const cookie of left.getSetCookie()) jar.keep(cookie);
      left.delete('set-cookie');
      const body = response.body && whenCancelled(response.body, () => gone.abort());
      return new Response(body, { status: response.status, headers: left });
    } catch (error) {
      process.stderr.write(`Vestibule could not answer: ${error instanceof Error ? error.stack : error}\n`);
      return refuse('INTERNAL_SERVER_ERROR', 'Something went wrong in Vestibule. Nothing is known to have changed.');
    }
  }

  /** Calls a procedure without input, with the page's cookies. */
  function call(procedure: string, method: 'GET' | 'POST'): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return answer(new Request(`${ORIGIN}/api/trpc/${procedure}`, { method, headers }));
  }

  /** Signs out, and forgets whatever the page could be recognised by. */
  async function lock(): Promise<void> {
    await call('self.signOut', 'POST'); // refused where nobody is signed in
    jar.clear();
  }

  return { answer, call, lock };
}
