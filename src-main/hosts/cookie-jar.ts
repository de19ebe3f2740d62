export interface CookieJar {
  /** The `Cookie` header for a path; empty when there is none. */
  cookiesFor(pathname: string): string;
  /** @param setCookie one header line */
  keep(setCookie: string): void;
  clear(): void;
}

/** Cookies of this run for one origin, by path (RFC 6265, 5.1.4). What ends one is Max-Age=0; the engine sets no other end. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, { readonly pair: string; readonly path: string }>();
  return {
    cookiesFor(pathname) {
      const fits = (path: string) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
      return [...cookies.values()].flatMap(({ pair, path }) => (fits(path) ? [pair] : [])).join('; ');
    },
    keep(setCookie) {
      const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
      const path = attributes.find((one) => /^path=\//i.test(one))?.slice('path='.length) ?? '/';
      const key = `${pair.split('=', 1)[0]} ${path}`;
      if (attributes.some((one) => /^max-age=(0|-\d+)$/i.test(one))) cookies.delete(key);
      else cookies.set(key, { pair, path });
    },
    clear: () => cookies.clear(),
  };
}
