import { commonPasswords } from '../../src-main/adapters/blocklist.ts';
import { createApi } from '../../src-main/api/router.ts';
import { auditEntry, oneself } from '../../src-main/domain/audit.ts';
import { parseEmail } from '../../src-main/domain/email-address.ts';
import { whyUnfit } from '../../src-main/domain/password.ts';
import { parseName } from '../../src-main/domain/person-name.ts';
import { createHandle } from '../../src-main/hosts/handle.ts';
import { authenticate } from '../../src-main/use-cases/sessions/authenticate.ts';
import { openSession } from '../../src-main/use-cases/sessions/open-session.ts';
import { newAccount } from '../../src-main/use-cases/set-up/create-workspace.ts';
import { type BenchEngine, CALLER, PASSWORD } from './engine.ts';
import { type Ask, CLIENT_HEADERS, cookieJar } from './web-client.ts';

const ORIGIN = 'http://127.0.0.1:4000';
const blocklist = commonPasswords();
const JSON_BODY = { 'content-type': 'application/json' };

/** The engine as a host asks it: requests to its `handle`, gate and headers included. */
export function ownEntries(engine: BenchEngine) {
  const { deps, accounts, lastCode } = engine;
  const addresses = () => CALLER.addresses;
  const api = createApi({ deps, surface: 'desktop', addresses, cookieSuffix: 'bench', version: '0', demo: null });
  const renderer = { index: async () => '', find: async () => null };
  const handle = createHandle({ api, renderer, random: deps.random });
  const ask: Ask = (procedure, cookie, body) =>
    handle(
      new Request(`${ORIGIN}/api/trpc/${procedure}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...CLIENT_HEADERS, origin: ORIGIN, cookie, ...(body !== undefined && JSON_BODY) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );

  return {
    /** Password, code, second step, as three requests. Gives the cookies that stand for the session. */
    async signInOverRequest(index: number): Promise<string> {
      const jar = cookieJar();
      const email = accounts[index % accounts.length]?.email;
      await jar.keep(await ask('open.signIn.withPassword', '', { email, password: PASSWORD }));
      const pending = JSON.parse(await jar.keep(await ask('open.signIn.pending', jar.cookie())));
      const { challengeId } = pending.result.data.code;
      await jar.keep(await ask('open.signIn.prove', jar.cookie(), { method: 'email', challengeId, code: lastCode() }));
      return jar.cookie();
    },
    /** The address of whoever is signed in. */
    async checkOverRequest(cookie: string): Promise<string | undefined> {
      const response = await ask('self.me', cookie);
      return ((await response.json()) as { result?: { data: { account: { email: string } } } }).result?.data.account
        .email;
    },
    async checkByCall(token: string): Promise<string | undefined> {
      return (await authenticate(deps, CALLER, token))?.account.email;
    },
  };
}

/**
 * A new account, signed in at once: the steps of the first run, for one more person. Gives the session's token.
 * No procedure does this alone, so that it is put together here from the parts of those that do.
 */
export async function createUser({ deps }: BenchEngine, typedName: string): Promise<string> {
  const [name, address] = [parseName(typedName), parseEmail(`${typedName}@example.org`)];
  const unfit = whyUnfit(PASSWORD, { personal: [typedName], isCommon: (password) => blocklist.has(password) });
  if (!name || !address || unfit) throw new Error('The benchmark is wrong: bad input.');
  const now = deps.clock.now();
  const taken = await deps.store.read((tx) => tx.accounts.findByEmailKey(address.key));
  const hash = await deps.passwordHash.hash(PASSWORD, 'password');
  return deps.store.transaction(async (tx) => {
    const account = newAccount(deps.random.id(), name, address, 'member', hash, now);
    if (taken || !(await tx.accounts.add(account))) throw new Error('The benchmark is wrong: a taken address.');
    await tx.audit.append(auditEntry('signedIn', now, CALLER, oneself(account.id)));
    return openSession(deps, tx, account, CALLER, null, now);
  });
}
