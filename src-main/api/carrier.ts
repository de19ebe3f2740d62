/** Carries the secret tokens between calls, out of any script's reach (ARCHITECTURE 2, "Session carrier"). */
export interface Carrier {
  readonly session: string | null;
  readonly pending: string | null;
  /** Null forgets. */
  setSession(token: string | null): void;
  setPending(token: string | null): void;
}

/**
 * Cookies that scripts cannot read and other sites cannot send; gone with the browser session. No `Secure`: the
 * loopback host speaks plain HTTP to its own machine, and the Electron host keeps the jar itself.
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
  const set = (name: string, token: string | null) => {
    const end = token === null ? '; Max-Age=0' : '';
    answer.append('set-cookie', `${name}=${token ?? ''}; Path=/api; HttpOnly; SameSite=Strict${end}`);
  };
  return {
    session: jar.get(sessionName) || null,
    pending: jar.get(pendingName) || null,
    setSession: (token) => set(sessionName, token),
    setPending: (token) => set(pendingName, token),
  };
}
