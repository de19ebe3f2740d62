import { expect, test } from 'vitest';
import type { Policy } from '../../src-main/domain/policy.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Colleague, colleague, ownerOf } from '../support/staff.ts';
import { changePolicyTo } from '../use-cases/policy/admin.ts';
import { type Browser, browserAt, SESSION_COOKIE } from './support/browser.ts';

const TRUST_COOKIE = 'vestibule_trust_test';

interface Scene {
  readonly engine: Engine;
  readonly owner: Colleague;
  readonly ben: Colleague;
  readonly cai: Colleague;
  /** Where Ben is remembered. */
  readonly browser: Browser;
}

async function signIn(browser: Browser, { email, password }: Colleague): Promise<string> {
  const answer = await browser.mutate('open.signIn.withPassword', { email, password });
  return answer.refusal?.code ?? (answer.data as { next: string }).next;
}

/** Ticks "Remember this device" at the second step. */
async function remember(engine: Engine, browser: Browser, who: Colleague): Promise<void> {
  await signIn(browser, who);
  const { code } = (await browser.query('open.signIn.pending')).data as { code: { challengeId: string } };
  const digits = await engine.codeFor(who.email);
  const answer = { method: 'email', challengeId: code.challengeId, code: digits, remember: true };
  expect((await browser.mutate('open.signIn.prove', answer)).status).toBe(200);
}

async function trusted(): Promise<Scene> {
  const engine = await openEngine();
  const owner = await ownerOf(engine);
  const [ben, cai] = [
    await colleague(engine, 'member', { name: 'Ben Member' }),
    await colleague(engine, 'member', { name: 'Cai Member' }),
  ];
  await changePolicyTo(engine, owner, { trust: '30d' });
  const browser = browserAt(engine);
  await remember(engine, browser, ben);
  return { engine, owner, ben, cai, browser };
}

/** Another computer with just this trust cookie. */
function computerWith(engine: Engine, trust: string): Browser {
  const browser = browserAt(engine);
  browser.cookies.set(TRUST_COOKIE, trust);
  return browser;
}

const trustOf = (browser: Browser) => browser.cookies.get(TRUST_COOKIE) ?? '';

test('S31 S32 no mixture of two people’s trust spares either of them the second step', async () => {
  const { engine, ben, cai, browser } = await trusted();
  const other = browserAt(engine);
  await remember(engine, other, cai);
  const [[bensId, bensSecret], [caisId, caisSecret]] = [trustOf(browser).split('.'), trustOf(other).split('.')];
  const forged = [
    `${bensId}.${caisSecret}`,
    `${caisId}.${bensSecret}`,
    `${bensId}.${'A'.repeat(43)}`,
    `${bensId}.`,
    `.${bensSecret}`,
    `${bensSecret}.${bensId}`,
    `${bensId}.${bensSecret}x`,
    'A'.repeat(100_000),
    Array.from({ length: 1_000 }, () => `${bensId}.${'B'.repeat(43)}`).join('~'),
  ];
  for (const trust of forged) {
    for (const who of [ben, cai]) {
      expect([trust.slice(0, 80), await signIn(computerWith(engine, trust), who)]).toEqual([
        trust.slice(0, 80),
        'secondStep',
      ]);
    }
  }
});

test('S31 Ben’s trust cookie beside Cai’s password is no trust, and Cai’s sign-in does not use Ben’s up', async () => {
  const { engine, ben, cai, browser } = await trusted();
  expect(await signIn(computerWith(engine, trustOf(browser)), cai)).toBe('secondStep');
  expect(await signIn(computerWith(engine, trustOf(browser)), ben)).toBe('signedIn');
});

test('S32 whoever copied a trust cookie and comes first ends it for both: the second one is asked, and then the first', async () => {
  const { engine, ben, browser } = await trusted();
  const thief = computerWith(engine, trustOf(browser));
  expect(await signIn(thief, ben)).toBe('signedIn');
  expect(await signIn(browser, ben)).toBe('secondStep');
  expect(await signIn(computerWith(engine, trustOf(thief)), ben)).toBe('secondStep');
});

test('S2 S32 a trust cookie is no session, and a session no trust', async () => {
  const { engine, ben, browser } = await trusted();
  const [session, trust] = [browser.cookies.get(SESSION_COOKIE) ?? '', trustOf(browser)];
  const swapped = browserAt(engine);
  swapped.cookies.set(SESSION_COOKIE, trust.split('.')[1] ?? '');
  expect((await swapped.query('self.me')).refusal?.code).toBe('notSignedIn');
  const id = trust.split('.')[0] ?? '';
  expect(await signIn(computerWith(engine, `${id}.${session}`), ben)).toBe('secondStep');
});

const TURNS: Readonly<Record<string, readonly Partial<Policy>[]>> = {
  'never, and back': [{ trust: 'never' }, { trust: '30d' }],
  'shorter, and back': [{ trust: '1d' }, { trust: '30d' }],
  'something else altogether, and back': [{ onEnrol: 'keep' }, { onEnrol: 'revokeOthers' }],
  'off for everyone, and back': [{ enforcement: 'off' }, { enforcement: 'optional' }],
};

test.each(Object.entries(TURNS))('S33 trust does not come back with a policy that was turned: %s', async (_, turns) => {
  const { engine, owner, ben, browser } = await trusted();
  for (const turn of turns) await changePolicyTo(engine, owner, turn);
  expect(await signIn(computerWith(engine, trustOf(browser)), ben)).toBe('secondStep');
});

test('S33 trust does not come back with a suspension that was lifted, a restart, or both', async () => {
  const { engine, owner, ben, browser } = await trusted();
  await owner.api.admin.users.suspend({ id: ben.id, reason: 'A mistake' });
  expect(await signIn(computerWith(engine, trustOf(browser)), ben)).toBe('suspended');
  await owner.api.admin.users.reinstate({ id: ben.id });
  await engine.deps.store.close();
  const after = await openEngine({ folder: engine.folder, clock: engine.clock });
  expect(await signIn(computerWith(after, trustOf(browser)), ben)).toBe('secondStep');
});

test('S33 a trusted computer at an address that is not allowed any more is refused, not trusted', async () => {
  const { engine, owner, ben, browser } = await trusted();
  await owner.api.admin.users.setAllowlist({ id: ben.id, text: '198.51.100.0/24', confirmed: false });
  expect(await signIn(computerWith(engine, trustOf(browser)), ben)).toBe('addressRefused');
});
