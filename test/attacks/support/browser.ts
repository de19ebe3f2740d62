import { createApi } from '../../../src-main/api/router.ts';
import type { Engine } from '../../support/engine.ts';

export const SESSION_COOKIE = 'vestibule_session_test';
export const PENDING_COOKIE = 'vestibule_pending_test';

export interface Answer {
  readonly status: number;
  /** The body as it came. */
  readonly text: string;
  /** What the call came to: `result.data`, or `error.data.domain`. */
  readonly data: unknown;
  readonly refusal: { readonly code: string; readonly data: unknown } | null;
  readonly setCookies: readonly string[];
}

/** A program that speaks to the API with web requests, cookies and all; it may send whatever it likes. */
export interface Browser {
  readonly cookies: Map<string, string>;
  /** As the renderer would: queries by GET, mutations by POST. */
  query(path: string, input?: unknown): Promise<Answer>;
  mutate(path: string, input?: unknown): Promise<Answer>;
  /** Anything at all, under `/api/trpc/`. */
  send(pathAndQuery: string, init: RequestInit): Promise<Answer>;
}

export function browserAt({ deps }: Pick<Engine, 'deps'>): Browser {
  const api = createApi({
    deps,
    surface: 'desktop',
    addresses: () => ['192.0.2.7'],
    cookieSuffix: 'test',
    version: '0.0.0',
    demo: null,
  });
  const cookies = new Map<string, string>();

  async function send(pathAndQuery: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await api(new Request(`http://127.0.0.1:1/api/trpc/${pathAndQuery}`, { ...init, headers }));
    const setCookies = response.headers.getSetCookie();
    for (const cookie of setCookies) keep(cookie);
    const text = await response.text();
    const body = parsed(text);
    return {
      status: response.status,
      text,
      data: body?.result?.data,
      refusal: body?.error?.data?.domain ?? null,
      setCookies,
    };
  }

  function keep(cookie: string): void {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
    if (/Max-Age=0/.test(cookie)) cookies.delete(name);
    else cookies.set(name, value);
  }

  return {
    cookies,
    send,
    query: (path, input) =>
      send(input === undefined ? path : `${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {}),
    mutate: (path, input) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...(input !== undefined && { body: JSON.stringify(input) }),
      }),
  };
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
