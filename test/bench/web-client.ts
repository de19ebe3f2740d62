/** What a browser behind a proxy says of itself. */
export const CLIENT_HEADERS = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'x-forwarded-for': '192.0.2.7',
};

/** One request: POST where there is a body, else GET. @param cookie the whole header */
export type Ask = (path: string, cookie: string, body?: unknown) => Promise<Response>;

/** The cookies of one visitor: the least of a browser's jar that a sign-in needs, the same for whoever is asked. */
export function cookieJar() {
  const cookies = new Map<string, string>();
  const take = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      if (attributes.includes('Max-Age=0')) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  return {
    take,
    /** Reads an answer to its end. @throws when it is a refusal */
    async keep(response: Response): Promise<string> {
      const text = await response.text();
      if (!response.ok) throw new Error(`The benchmark is wrong: ${response.status} ${text}`);
      take(response.headers);
      return text;
    },
    cookie: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  };
}
