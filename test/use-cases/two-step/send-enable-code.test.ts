import { describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../support/engine.ts';
import { letterKinds } from '../../support/flows.ts';
import { enableTwoStep, OWNER, type Person, refusalOf, signedInOwner } from '../../support/person.ts';
import { auditedBy, auditOf } from '../../support/records.ts';

const SENDS = [
  ['enabling', 'enable', false, ({ api }: Person) => api.self.twoStep.sendEnableCode({ method: 'email' })],
  ['disabling', 'disable', true, ({ api }: Person) => api.self.twoStep.sendProofCode({ purpose: 'disable' })],
  [
    'new recovery codes',
    'newRecoveryCodes',
    true,
    ({ api }: Person) => api.self.twoStep.sendProofCode({ purpose: 'newRecoveryCodes' }),
  ],
] as const;

async function ownerReady(active: boolean): Promise<{ engine: Engine; owner: Person }> {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  if (active) await enableTwoStep(engine, owner);
  return { engine, owner };
}

describe.each(SENDS)('R15 a code for %s', (_, purpose, active, send) => {
  test.each([
    [0, 'refused'],
    [59_999, 'refused'],
    [60_000, 'sent'],
  ])('R15 asked for again after %i ms is %s', async (wait, outcome) => {
    const { engine, owner } = await ownerReady(active);
    const { resendAt, sentAt } = await send(owner);
    expect(resendAt - sentAt).toBe(60_000);
    engine.clock.advance(wait);
    if (outcome === 'sent') {
      expect(await send(owner)).toMatchObject({ sentAt: engine.clock.now(), triesLeft: 5 });
      return;
    }
    const audited = await auditedBy(engine, async () => {
      expect(await refusalOf(send(owner))).toEqual({ code: 'resendTooSoon', data: { resendAt } });
    });
    expect(audited).toMatchObject([{ kind: 'codeRefused', detail: { purpose, reason: 'resendTooSoon' } }]);
  });

  test('R15 is six digits in a letter that says what it will do, and a newer one replaces it', async () => {
    const { engine, owner } = await ownerReady(active);
    const first = await send(owner);
    const old = await engine.codeFor(OWNER.email);
    expect(old).toMatch(/^\d{6}$/);
    expect((await letterKinds(engine)).at(-1)).toBe(`${purpose}Code`);
    engine.clock.advance(60_000);
    await send(owner);
    expect(await owner.api.self.twoStep.codeState({ challengeId: first.challengeId })).toBeNull();
    const { twoStep } = owner.api.self;
    const proof = { method: 'email' as const, challengeId: first.challengeId, code: old };
    const call =
      purpose === 'enable' ? twoStep.enable(proof) : twoStep[purpose]({ currentPassword: OWNER.password, proof });
    await expect(call).rejects.toThrow();
  });
});

test('R15 at most five codes an hour and ten a day leave that nobody redeems', async () => {
  const { engine, owner } = await ownerReady(false);
  const start = engine.clock.now();
  const hour = 60 * 60_000;
  const sendMany = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
      engine.clock.advance(60_000);
    }
  };
  const send = () => owner.api.self.twoStep.sendEnableCode({ method: 'email' });

  await sendMany(5);
  expect(await refusalOf(send())).toEqual({ code: 'tooManyCodes', data: { retryAt: start + hour } });
  for (let now = engine.clock.now(); now < start + hour; now = engine.clock.now()) {
    engine.clock.advance(Math.min(10 * 60_000, start + hour - now)); // 15 min idle would end the session
    await owner.api.self.keepAlive();
  }
  await sendMany(5);
  expect(await refusalOf(send())).toEqual({ code: 'tooManyCodes', data: { retryAt: start + 24 * hour } });
  expect((await auditOf(engine)).filter(({ kind }) => kind === 'codeSent')).toHaveLength(10);
});

test('R15 codes that are redeemed do not count against the cap', async () => {
  const { engine, owner } = await ownerReady(false);
  for (let i = 0; i < 4; i += 1) {
    await enableTwoStep(engine, owner);
    const { challengeId } = await owner.api.self.twoStep.sendProofCode({ purpose: 'disable' });
    await owner.api.self.twoStep.disable({
      currentPassword: OWNER.password,
      proof: { method: 'email', challengeId, code: await engine.codeFor(OWNER.email) },
    });
  }
  expect((await letterKinds(engine)).filter((kind) => kind === 'enableCode')).toHaveLength(4);
});

test.each([undefined, {}, { method: 'sms' }, { method: ['email'] }, { method: 'email', to: 'eve@example.org' }])(
  'R13 asking for a code with %o is bad input, and nothing is sent',
  async (input) => {
    const { engine, owner } = await ownerReady(false);
    const send: (input: unknown) => Promise<unknown> = owner.api.self.twoStep.sendEnableCode as never;
    await expect(send(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await letterKinds(engine)).toEqual([]);
  },
);
