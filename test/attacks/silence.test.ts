import type { hash, verify } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { argon2Hash } from '../../src-main/adapters/argon2-hash.ts';
import { openEngine } from '../support/engine.ts';
import { CREDENTIALS, OWNER, personAt, signedInOwner } from '../support/person.ts';
import { auditedBy } from './support/audit.ts';
import { type Browser, browserAt } from './support/browser.ts';
import { accountOf, addAccount, pendingSignIn, protectedOwner, SECOND } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';
import { countWork, type Work } from './support/work.ts';

const WRONG = 'certainly not this one';

/** What an outsider can observe of a call: the whole answer, and all the work it caused. */
async function observe(browser: Browser, work: Work, reset: () => void, path: string, input: unknown) {
  reset();
  const { status, text, setCookies } = await browser.mutate(path, input);
  const { verify, pretend, ...rest } = work;
  return { status, text, setCookies, slowHashes: verify + pretend, ...rest };
}

test('S17 an unknown address, a wrong password and a locked account get the same answer after the same work', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  await addAccount(engine);
  const protectedAccount = { name: 'Cy Third', email: 'cy@example.org', password: 'a third horse battery' };
  const { id } = await addAccount(engine, protectedAccount);
  await engine.deps.store.transaction((tx) => tx.accounts.change(id, { twoStep: 'active' }));
  const { api } = personAt(engine);
  for (let guess = 0; guess < 20; guess += 1) {
    await expectRefusal(api.open.signIn.withPassword({ email: SECOND.email, password: WRONG }), 'signInRejected');
  }
  expect((await accountOf(engine, SECOND.email)).throttle).toMatchObject({ failures: 10, triesInLock: 10 });

  const { counted, work, reset } = countWork(engine);
  const browser = browserAt(counted);
  const credentials = {
    'wrong password': { email: OWNER.email, password: WRONG },
    'wrong password of a protected account': { email: protectedAccount.email, password: WRONG },
    'unknown address': { email: 'nobody@example.org', password: WRONG },
    'no address at all': { email: 'not an address', password: WRONG },
    'locked, wrong password': { email: SECOND.email, password: WRONG },
    'locked past its tries, right password': { email: SECOND.email, password: SECOND.password },
  };
  const seen = new Map<string, unknown>();
  for (const [name, input] of Object.entries(credentials)) {
    seen.set(name, await observe(browser, work, reset, 'open.signIn.withPassword', input));
  }
  for (const [name, observed] of seen) expect([name, observed]).toEqual([name, seen.get('unknown address')]);
  expect(seen.get('unknown address')).toMatchObject({ status: 401, setCookies: [], slowHashes: 1, transaction: 2 });
});

test('S17 each of those refusals is on record alike, and only the account it was aimed at tells them apart', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const { id } = await accountOf(engine);
  const { api } = personAt(engine);
  for (const [email, targetId] of [
    [OWNER.email, id],
    ['nobody@example.org', null],
  ] as const) {
    const audited = await auditedBy(engine, () =>
      expectRefusal(api.open.signIn.withPassword({ email, password: WRONG }), 'signInRejected'),
    );
    expect(audited).toMatchObject([{ kind: 'passwordRejected', actorId: null, targetId, detail: {} }]);
  }
});

test('S17 asking for the code again tells nothing to whoever has not given the right password', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  const { counted, work, reset } = countWork(engine);
  const browsers = { stranger: browserAt(counted), afterWrong: browserAt(counted), afterUnknown: browserAt(counted) };
  await browsers.afterWrong.mutate('open.signIn.withPassword', { email: OWNER.email, password: WRONG });
  await browsers.afterUnknown.mutate('open.signIn.withPassword', { email: 'nobody@example.org', password: WRONG });
  const resend = (browser: Browser) => observe(browser, work, reset, 'open.signIn.sendCode', { method: 'email' });
  const stranger = await resend(browsers.stranger);
  expect(await resend(browsers.afterWrong)).toEqual(stranger);
  expect(await resend(browsers.afterUnknown)).toEqual(stranger);
  expect(stranger.text).not.toContain('@');
});

test('S17 asking for a reset is answered alike for any address, known, locked or none, after the same work but the letter', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  const { counted, work, reset } = countWork(engine);
  const browser = browserAt(counted);
  const ask = (email: string) => observe(browser, work, reset, 'open.reset.request', { email });
  const { seal, ...known } = await ask(OWNER.email);
  const answers = [await ask(OWNER.email), await ask('nobody@example.org'), await ask('no address at all')];
  for (const { seal: none, ...answer } of answers) expect([answer, none]).toEqual([known, 0]);
  expect([known.status, seal, known.slowHashes, known.transaction]).toEqual([200, 1, 0, 1]);
});

test('S17 a recovery code costs the same whether or not its selector is known, was used, or can be read at all', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const [used = '', unused = ''] = codes;
  await (await pendingSignIn(engine)).api.open.signIn.prove({ method: 'recoveryCode', code: used });
  const { counted, work, reset } = countWork(engine);
  const browser = browserAt(counted);
  await browser.mutate('open.signIn.withPassword', CREDENTIALS);
  const wrongSecret = unused.slice(0, 5) + unused.slice(5).replaceAll(/[0-9A-Z]/g, '0');
  const tries = { wrongSecret, unknownSelector: '0'.repeat(20), usedUp: used, unreadable: 'what?' };
  const costs = [];
  for (const code of Object.values(tries)) {
    const { text: _, ...cost } = await observe(browser, work, reset, 'open.signIn.prove', {
      method: 'recoveryCode',
      code,
    });
    costs.push(cost);
  }
  for (const cost of costs) expect(cost).toEqual(costs[0]);
  expect(costs[0]).toMatchObject({ status: 403, slowHashes: 1 });
});

test('S17 what is hashed for show is hashed as hard as what it stands in for', async () => {
  const costs: unknown[] = [];
  const note = ({ memoryCost, timeCost }: { memoryCost?: number; timeCost?: number }) => {
    costs.push([memoryCost, timeCost]);
    return Promise.resolve('');
  };
  const recording = {
    hash: ((_secret, options) => note(options ?? {})) as typeof hash,
    verify: (() => Promise.resolve(true)) as typeof verify,
  };
  const argon2 = argon2Hash(new Uint8Array(32), recording);
  for (const kind of ['password', 'recoveryCode'] as const) {
    await argon2.hash('x', kind);
    await argon2.pretend('x', kind);
    const [real, shown] = costs.splice(0);
    expect(shown).toEqual(real);
  }
});

const VARIANTS = [
  'ada@example.org',
  'ADA@EXAMPLE.ORG',
  ' ada@example.org ',
  'ada＠example.org',
  'ａｄａ@example.org',
  'ada@ｅｘａｍｐｌｅ．ｏｒｇ',
  'Ada@Example.Org',
];

test('S18 every way to write one address is that one account: signing in', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  for (const email of VARIANTS) {
    const signedIn = await personAt(engine).api.open.signIn.withPassword({ email, password: OWNER.password });
    expect([email, signedIn]).toEqual([email, { next: 'signedIn' }]);
  }
});

test('S18 every way to write one address counts on the one counter', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  for (const [index, email] of VARIANTS.entries()) {
    await expectRefusal(personAt(engine).api.open.signIn.withPassword({ email, password: WRONG }), 'signInRejected');
    expect((await accountOf(engine)).throttle.failures).toBe(index + 1);
  }
});

test('S18 no way to write one address makes a second account of it', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  for (const email of VARIANTS) await addAccount(engine, { ...SECOND, email });
  expect(await engine.read((tx) => tx.accounts.count())).toBe(1);
});

test('S18 letters that merely look alike are other addresses, or none', async () => {
  const engine = await openEngine();
  await signedInOwner(engine);
  for (const email of [
    'аda@example.org',
    'ada@examрle.org',
    'ada@exampIe.org',
    'ad\u0131@example.org',
    'ada@example.org\u0000',
  ]) {
    await expectRefusal(
      personAt(engine).api.open.signIn.withPassword({ email, password: OWNER.password }),
      'signInRejected',
    );
  }
  expect((await accountOf(engine)).throttle.failures).toBe(0);
});
