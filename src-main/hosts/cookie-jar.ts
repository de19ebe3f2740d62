import type { KeptCookies } from './kept-cookies.ts';

export interface CookieJar {
  /** The `Cookie` header for a path; empty when there is none. */
  cookiesFor(pathname: string): string;
  /** @param setCookie one header line */
  keep(setCookie: string): void;
  /** Forgets what would not outlast a restart either. */
  clear(): void;
}

interface Cookie {
  readonly pair: string;
  readonly path: string;
  /** Whether it came with a Max-Age: when that is over, the engine knows. */
  readonly lasting: boolean;
}

/**
 * Cookies for one origin, by path (RFC 6265, 5.1.4). What ends one is Max-Age=0; one with another Max-Age outlasts a restart.
 * @param kept none: none does
 */
export function createCookieJar(kept?: KeptCookies): CookieJar {
  const cookies = new Map(readKept(kept?.read() ?? null).map((cookie) => [keyOf(cookie), cookie]));
  const isLasting = (key: string) => cookies.get(key)?.lasting === true;

  return {
    cookiesFor(pathname) {
      const fits = (path: string) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
      return [...cookies.values()].flatMap(({ pair, path }) => (fits(path) ? [pair] : [])).join('; ');
    },
    keep(setCookie) {
      const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
      const path = attributes.find((one) => /^path=\//i.test(one))?.slice('path='.length) ?? '/';
      const maxAge = attributes.find((one) => /^max-age=-?\d+$/i.test(one))?.slice('max-age='.length);
      const cookie: Cookie = { pair, path, lasting: maxAge !== undefined };
      const key = keyOf(cookie);
      const wasLasting = isLasting(key);
      if (maxAge !== undefined && Number(maxAge) <= 0) cookies.delete(key);
      else cookies.set(key, cookie);
      if (wasLasting || isLasting(key))
        kept?.write(JSON.stringify([...cookies.values()].filter(({ lasting }) => lasting)));
    },
    clear() {
      for (const key of cookies.keys()) if (!isLasting(key)) cookies.delete(key);
    },
  };
}

function keyOf({ pair, path }: Cookie): string {
  return `${pair.split('=', 1)[0]} ${path}`;
}

/** What we wrote ourselves: the vault let nothing else through. */
function readKept(text: string | null): Cookie[] {
  return text === null ? [] : JSON.parse(text);
}
