import type { Random } from '../../ports/ambient.ts';
import { refuse } from '../refusal.ts';
import { protect } from '../security-headers.ts';

const SENTENCE = 'This browser has no key to Vestibule. Open the address that Vestibule printed when it started.';

/** Status 401: to a browser without the guard cookie, saying how to get in. The link helps where a launch link was followed from another site, whose navigation carries no strict cookie. */
export function closedDoor(pathname: string, random: Random): Response {
  if (pathname.startsWith('/api/')) return refuse('UNAUTHORIZED', SENTENCE);
  const nonce = Buffer.from(random.bytes(16)).toString('base64');
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  return new Response(page(nonce), { status: 401, headers: protect(headers, nonce) });
}

function page(nonce: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Vestibule is closed to this browser</title>
    <style nonce="${nonce}">
      :root { color-scheme: light dark; font: 16px/1.5 Inter, system-ui, sans-serif; }
      body { background: light-dark(#f5f6f8, #0f1319); color: light-dark(#161c25, #f3f4f6); }
      a { color: light-dark(#33539a, #8bd0ea); }
      main { max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem; }
      code { font-size: 0.95em; }
    </style>
  </head>
  <body>
    <main>
      <h1>Vestibule is closed to this browser</h1>
      <p>${SENTENCE} Each address works once.</p>
      <p>For a fresh one, run <code>npm start -- --no-open</code> again, with the same options: the app that is already running prints it.</p>
      <p>If you just followed such an address, <a href="/">go on to Vestibule</a>.</p>
    </main>
  </body>
</html>
`;
}
