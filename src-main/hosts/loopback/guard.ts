import type { Random } from '../../ports/ambient.ts';
import { refuse } from '../refusal.ts';
import { sameSecret } from '../same-secret.ts';
import { closedDoor } from './closed-door.ts';

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
  /** Refuses what was meant for another name (S62); null for a request that is for this host. Asked of every request, first. */
  refuseName(request: Request): Response | null;
  /** The answer that turns a visitor away or lets a browser in; null for a request that may pass. */
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

    refuseName(request) {
      if (isOurHost(hostOf(request), port)) return null;
      return refuse('FORBIDDEN', 'Vestibule does not answer to that host name.');
    },

    check(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (isForeign(request, pathname)) return refuse('FORBIDDEN', 'Another site may not ask this.'); // S63
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

function hostOf(request: Request): string {
  return (request.headers.get('host') ?? '').toLowerCase();
}

function isOurHost(host: string, port: number): boolean {
  const names = ['127.0.0.1', 'localhost', 'vestibule.localhost'];
  const ours = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  return ours.includes(host);
}

/** A change must come from our own page; reading may also come from the address bar, and pages be linked to. */
function isForeign(request: Request, pathname: string): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null ? origin.toLowerCase() !== `http://${hostOf(request)}` : !isReading(request)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site === null || site === 'same-origin' || site === 'none') return false;
  return pathname.startsWith('/api/') || request.headers.get('sec-fetch-dest') !== 'document';
}

function isReading(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
