import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { PASSWORD } from './engine.ts';
import { type Ask, CLIENT_HEADERS, cookieJar } from './web-client.ts';

const ORIGIN = 'https://auth.example.org';

export interface PeerOptions {
  /** `none` takes the password hash out, `real` is its own default (scrypt). */
  readonly hash: 'none' | 'real';
  readonly accounts: number;
  /** Trusts a session for five minutes without looking it up, as its guide to performance offers. */
  readonly cookieCache?: boolean;
}

/** better-auth with e-mail, password and two-factor codes, each account enrolled; every call as over the web or as a server's own. */
export type Peer = Awaited<ReturnType<typeof openPeer>>;

/**
 * As its documentation sets it up for production, over the driver it recommends and with our durability. Turned off are
 * the rate limit (it would refuse the bench) and telemetry; all else is as it comes.
 */
export async function openPeer({ hash, accounts, cookieCache = false }: PeerOptions) {
  // Brought in late, for it reads NODE_ENV once: the bench sets that to production.
  const { betterAuth } = await import('better-auth');
  const { getMigrations } = await import('better-auth/db/migration');
  const { twoFactor } = await import('better-auth/plugins');
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-bench-'));
  const db = new Database(join(folder, 'better-auth.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  let lastCode = '';
  const noHash = { hash: async () => 'none', verify: async () => true };
  const auth = betterAuth({
    appName: 'Bench',
    baseURL: ORIGIN,
    secret: randomBytes(32).toString('base64'),
    database: db,
    emailAndPassword: { enabled: true, ...(hash === 'none' && { password: noHash }) },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    ...(cookieCache && { session: { cookieCache: { enabled: true, maxAge: 300 } } }),
    plugins: [
      twoFactor({
        otpOptions: {
          sendOTP: ({ otp }) => {
            lastCode = otp;
          },
        },
      }),
    ],
  });
  await (await getMigrations(auth.options)).runMigrations();

  const emailOf = (index: number) => `person-${index % accounts}@example.org`;
  const headersWith = (cookie: string) => new Headers({ ...CLIENT_HEADERS, cookie });
  const ask: Ask = (path, cookie, body) =>
    auth.handler(
      new Request(`${ORIGIN}/api/auth/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...CLIENT_HEADERS, origin: ORIGIN, cookie, ...(body !== undefined && JSON_BODY) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );

  const peer = {
    /** Password, code, second step, as three requests. Gives the cookies that stand for the session. */
    async signInOverRequest(index: number): Promise<string> {
      const jar = cookieJar();
      await jar.keep(await ask('sign-in/email', '', { email: emailOf(index), password: PASSWORD }));
      await jar.keep(await ask('two-factor/send-otp', jar.cookie(), {}));
      await jar.keep(await ask('two-factor/verify-otp', jar.cookie(), { code: lastCode }));
      return jar.cookie();
    },
    async signInByCall(index: number): Promise<string> {
      const jar = cookieJar();
      const body = { email: emailOf(index), password: PASSWORD };
      const first = await auth.api.signInEmail({ body, headers: headersWith(''), returnHeaders: true });
      jar.take(first.headers);
      const sent = await auth.api.sendTwoFactorOTP({ headers: headersWith(jar.cookie()), returnHeaders: true });
      jar.take(sent.headers);
      const answer = { body: { code: lastCode }, headers: headersWith(jar.cookie()), returnHeaders: true } as const;
      jar.take((await auth.api.verifyTwoFactorOTP(answer)).headers);
      return jar.cookie();
    },
    /** The address of whoever is signed in. */
    async checkOverRequest(cookie: string): Promise<string | undefined> {
      const response = await ask('get-session', cookie);
      return ((await response.json()) as { user: { email: string } } | null)?.user.email;
    },
    async checkByCall(cookie: string): Promise<string | undefined> {
      return (await auth.api.getSession({ headers: headersWith(cookie) }))?.user.email;
    },
    /** A new account, signed in at once. Gives the cookies that stand for its session. */
    async createUser(name: string): Promise<string> {
      const jar = cookieJar();
      const body = { name, email: `${name}@example.org`, password: PASSWORD };
      jar.take((await auth.api.signUpEmail({ body, headers: headersWith(''), returnHeaders: true })).headers);
      return jar.cookie();
    },
    rows: (table: 'user' | 'session') => Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()),
    close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (let index = 0; index < accounts; index += 1) {
    const cookie = await peer.createUser(`person-${index}`);
    await auth.api.enableTwoFactor({ body: { password: PASSWORD, method: 'otp' }, headers: headersWith(cookie) });
  }
  return peer;
}

const JSON_BODY = { 'content-type': 'application/json' };
