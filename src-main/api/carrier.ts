import { TRUSTS_AT_MOST, type TrustToken } from '../domain/trusted-device.ts';
import { type Duration, SECOND } from '../domain/values.ts';

/** Carries the secret tokens between calls, out of any script's reach (ARCHITECTURE 2, "Session carrier"). */
export interface Carrier {
  readonly session: string | null;
  readonly pending: string | null;
  /** What this computer is known by as a trusted device of its accounts (R18). */
  readonly trusts: readonly TrustToken[];
  /** Null forgets. */
  setSession(token: string | null): void;
  setPending(token: string | null): void;
  /** None forgets. @param lasts `session`: until the program that keeps the cookies is closed */
  setTrusts(trusts: readonly TrustToken[], lasts: Duration | 'session'): void;
}

const TRUST = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

/**
 * Cookies that scripts cannot read and other sites cannot send; gone with the browser session, but for those that trust
 * lasts in. No `Secure`: the loopback host speaks plain HTTP to its own machine, and the Electron host keeps the jar itself.
 * @param suffix tells data folders apart, for cookies reach other loopback ports
 */
export function cookieCarrier(request: Headers, answer: Headers, suffix: string): Carrier {
  const jar = new Map(
    (request.get('cookie') ?? '').split(';').map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), value.join('=').trim()];
    }),
  );
  const sessionName = `vestibule_session_${suffix}`;
  const pendingName = `vestibule_pending_${suffix}`;
  const trustName = `vestibule_trust_${suffix}`;
  const set = (name: string, token: string | null, maxAge: number | null = null) => {
    const end = token === null ? 0 : maxAge;
    const lasts = end === null ? '' : `; Max-Age=${end}`;
    answer.append('set-cookie', `${name}=${token ?? ''}; Path=/api; HttpOnly; SameSite=Strict${lasts}`);
  };
  return {
    session: jar.get(sessionName) || null,
    pending: jar.get(pendingName) || null,
    get trusts() {
      return readTrusts(jar.get(trustName) ?? '');
    },
    setSession: (token) => set(sessionName, token),
    setPending: (token) => set(pendingName, token),
    setTrusts(trusts, lasts) {
      const value = trusts.map(({ id, secret }) => `${id}.${secret}`).join('~');
      set(trustName, value || null, lasts === 'session' ? null : Math.floor(lasts / SECOND));
    },
  };
}

/** Anything that is not of the shape of a trust is not there. */
function readTrusts(value: string): TrustToken[] {
  return value.split('~', TRUSTS_AT_MOST).flatMap((part) => {
    const [, id, secret] = TRUST.exec(part) ?? [];
    return id && secret ? [{ id, secret }] : [];
  });
}
