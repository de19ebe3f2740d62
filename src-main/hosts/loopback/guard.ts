import type { Random } from '../../ports/ambient.ts';
import { refuse } from '../refusal.ts';
import { closedDoor } from './closed-door.ts';
import { sameSecret } from './same-secret.ts';

/** How long a launch token waits to be used, in milliseconds. */
export const LAUNCH_LIFE = 30 * 60_000;
const MOST_LAUNCHES = 16;

export interface GuardParts {
  readonly port: number;
  readonly cookieSuffix: string;
  readonly random: Random;
}

/** Keeps the loopback port to the browsers this process let in: every other program and page of the computer can reach it. */
export interface Guard {
  /** A token for `/?launch=TOKEN` that lets one browser in, once, within `LAUNCH_LIFE`. */
  issueLaunch(): string;
  /** The answer that turns a request away or lets a browser in; null for one that may pass. */
  check(request: Request): Response | null;
}

export function createGuard({ port, cookieSuffix, random }: GuardParts): Guard {
  const cookieName = `vestibule_guard_${cookieSuffix}`;
  const secret = random.token();
  const launches = new Set<string>();

  return {
    issueLaunch() {
      const token = random.token();
      const [oldest] = launches.add(token);
      if (oldest !== undefined && launches.size > MOST_LAUNCHES) launches.delete(oldest);
      setTimeout(() => launches.delete(token), LAUNCH_LIFE).unref();
      return token;
    },

    check(request) {
      const host = request.headers.get('host') ?? '';
      if (!isOurHost(host, port)) return refuse('FORBIDDEN', 'Vestibule does not answer to that host name.'); // S62
      const { pathname, searchParams } = new URL(request.url);
      if (isForeign(request, host, pathname)) return refuse('FORBIDDEN', 'Another site may not ask this.'); // S63
      const known = hasGuardCookie(request);
      const token = request.method === 'GET' && pathname === '/' ? searchParams.get('launch') : null;
      if (token !== null && (redeem(token) || known)) return welcome();
      return known ? null : closedDoor(pathname, random);
    },
  };

  function redeem(token: string): boolean {
    const launch = [...launches].find((one) => sameSecret(one, token));
    return launch !== undefined && launches.delete(launch);
  }

  function welcome(): Response {
    const cookie = `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    return new Response(null, {
      status: 303,
      headers: { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    });
  }

  /** Any of that name: another program on another port may have planted a second one. */
  function hasGuardCookie(request: Request): boolean {
    const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.some(
      (cookie) => cookie.startsWith(`${cookieName}=`) && sameSecret(cookie.slice(cookieName.length + 1), secret),
    );
  }
}

function isOurHost(host: string, port: number): boolean {
  const names = ['127.0.0.1', 'localhost', 'vestibule.localhost'];
  const ours = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  return ours.includes(host.toLowerCase());
}

/** A change must come from our own page; reading may also come from the address bar, and pages be linked to. */
function isForeign(request: Request, host: string, pathname: string): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null ? origin.toLowerCase() !== `http://${host.toLowerCase()}` : !isReading(request)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site === null || site === 'same-origin' || site === 'none') return false;
  return pathname.startsWith('/api/') || request.headers.get('sec-fetch-dest') !== 'document';
}

function isReading(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
