import { expect, test } from 'vitest';
import { systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { drawCode } from '../../src-main/domain/code.ts';
import { drawRecoveryCodes, formatRecoveryCode } from '../../src-main/domain/recovery-codes.ts';
import { openEngine } from '../support/engine.ts';
import { enableTwoStep, OWNER, type Person, signedInOwner } from '../support/person.ts';
import { auditedBy } from './support/audit.ts';
import { dumpOf } from './support/database.ts';
import { fullySignedIn, mailedProof, pendingSignIn, protectedOwner } from './support/people.ts';
import { expectRefusal } from './support/verdict.ts';

const below = (bound: number) => systemRandom.below(bound);

/** How far counts stray from an even spread (Pearson); its mean is the number of bins less one. */
function chiSquare(counts: readonly number[]): number {
  const even = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
}

/** Eight standard deviations above the mean: chance alone crosses it less than once in a million runs. */
function bound(bins: number): number {
  return bins - 1 + 8 * Math.sqrt(2 * (bins - 1));
}

const MILLION = 1_000_000;

test('S29 a million recovery codes: no two alike, and every place holds each letter evenly', {
  timeout: 120_000,
}, () => {
  const drawn: string[] = [];
  while (drawn.length < MILLION) {
    for (const { selector, secret } of drawRecoveryCodes(below)) drawn.push(selector + secret);
  }
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const counts = new Float64Array(20 * 128);
  for (const code of drawn) {
    for (let place = 0; place < 20; place += 1) tick(counts, place * 128 + code.charCodeAt(place));
  }
  for (let place = 0; place < 20; place += 1) {
    const ofPlace = [...letters].map((letter) => counts[place * 128 + letter.charCodeAt(0)] ?? 0);
    expect(ofPlace.reduce((sum, count) => sum + count)).toBe(MILLION);
    expect(chiSquare(ofPlace)).toBeLessThan(bound(32));
  }
  expect(new Set(drawn).size).toBe(MILLION);
});

test('S29 a million mailed codes spread evenly over all that six digits can say', { timeout: 120_000 }, () => {
  const firstHalf = new Float64Array(1_000);
  const lastHalf = new Float64Array(1_000);
  const malformed: string[] = [];
  for (let draw = 0; draw < MILLION; draw += 1) {
    const code = drawCode(below);
    if (!/^\d{6}$/.test(code)) malformed.push(code);
    tick(firstHalf, Number(code.slice(0, 3)));
    tick(lastHalf, Number(code.slice(3)));
  }
  expect(malformed).toEqual([]);
  expect(chiSquare([...firstHalf])).toBeLessThan(bound(1_000));
  expect(chiSquare([...lastHalf])).toBeLessThan(bound(1_000));
});

function tick(counts: Float64Array, bin: number): void {
  counts[bin] = (counts[bin] ?? 0) + 1;
}

test('S29 recovery codes are shown in the answer that made them and in no other, and stored as hashes only', async () => {
  const engine = await openEngine({ passwordHash: 'real' });
  const owner = await signedInOwner(engine);
  const codes = await enableTwoStep(engine, owner);
  expect(codes).toHaveLength(10);
  const answers = await everythingShown(owner);
  const stored = JSON.stringify(dumpOf(engine));
  const letters = JSON.stringify(await engine.letters());
  for (const code of codes) {
    const secret = code.replaceAll('-', '').slice(4);
    for (const place of [answers, stored, letters]) {
      expect(place).not.toContain(code);
      expect(place).not.toContain(secret);
    }
  }
  const hashes = (dumpOf(engine).recovery_codes ?? []).map(({ hash }) => String(hash));
  expect(new Set(hashes).size).toBe(10);
  for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$/);
});

async function everythingShown({ api }: Person): Promise<string> {
  const { self, open } = api;
  return JSON.stringify([
    await open.welcome(),
    await self.me(),
    await self.twoStep.status(),
    await self.sessions.list(),
    await self.outbox.list(),
  ]);
}

test('S28 codes of before switching off never work again, not even once it is on again', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const currentPassword = OWNER.password;
  await owner.api.self.twoStep.disable({ currentPassword, proof: await mailedProof(engine, owner, 'disable') });
  expect(dumpOf(engine).recovery_codes).toEqual([]);
  engine.clock.advance(3_600_000);
  await owner.api.open.signIn.withPassword({ email: OWNER.email, password: OWNER.password });
  await enableTwoStep(engine, owner);
  const { api } = await pendingSignIn(engine);
  for (const code of codes.slice(0, 4)) {
    await expectRefusal(api.open.signIn.prove({ method: 'recoveryCode', code }), 'recoveryCodeRejected');
  }
  const proof = { method: 'recoveryCode' as const, code: codes[5] ?? '' };
  await expectRefusal(owner.api.self.twoStep.disable({ currentPassword, proof }), 'recoveryCodeRejected');
});

test('S28 codes of before a new set was made never work again, while the new ones do', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const proof = await mailedProof(engine, owner, 'newRecoveryCodes');
  const fresh = await owner.api.self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof });
  const { api } = await pendingSignIn(engine);
  for (const code of codes.slice(0, 4)) {
    await expectRefusal(api.open.signIn.prove({ method: 'recoveryCode', code }), 'recoveryCodeRejected');
  }
  expect(await api.open.signIn.prove({ method: 'recoveryCode', code: fresh.recoveryCodes[0] ?? '' })).toEqual({
    recoveryCodesLeft: 9,
  });
});

test('S30 a recovery code works once: it is used up, its owner is written to, and the number left is shown', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const code = codes[3] ?? '';
  const first = await pendingSignIn(engine);
  const audited = await auditedBy(engine, async () => {
    expect(await first.api.open.signIn.prove({ method: 'recoveryCode', code })).toEqual({ recoveryCodesLeft: 9 });
  });
  expect(audited).toMatchObject([{ kind: 'signedIn', detail: { method: 'recoveryCode' } }]);
  expect((await first.api.self.twoStep.status()).recoveryCodes).toEqual({ left: 9, total: 10, low: false });
  expect((await engine.letters()).at(-1)).toMatchObject({
    to: OWNER.email,
    message: { kind: 'recoveryCodeUsed', left: 9, at: engine.clock.now() },
  });

  const second = await pendingSignIn(engine);
  await expectRefusal(second.api.open.signIn.prove({ method: 'recoveryCode', code }), 'recoveryCodeRejected');
  const proof = { method: 'recoveryCode' as const, code };
  await expectRefusal(
    first.api.self.twoStep.disable({ currentPassword: OWNER.password, proof }),
    'recoveryCodeRejected',
  );
  expect((await first.api.self.twoStep.status()).recoveryCodes.left).toBe(9);
});

test('S30 a recovery code spent on a step-up is used up and told of as well', async () => {
  const engine = await openEngine();
  const { owner, codes } = await protectedOwner(engine);
  const proof = { method: 'recoveryCode' as const, code: codes[0] ?? '' };
  await owner.api.self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof });
  const kinds = (await engine.letters()).map(({ message }) => message.kind);
  expect(kinds).toEqual(['enableCode', 'twoStepEnabled', 'recoveryCodeUsed', 'recoveryCodesReplaced']);
});

test('S30 the last three codes are warned of, and the last one leaves none to sign in with', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  for (const [index, code] of codes.entries()) {
    engine.clock.advance(3_600_000);
    const person = await pendingSignIn(engine);
    await person.api.open.signIn.prove({ method: 'recoveryCode', code });
    const left = 9 - index;
    expect((await person.api.self.twoStep.status()).recoveryCodes).toEqual({ left, total: 10, low: left <= 3 });
    engine.clock.advance(24 * 3_600_000);
  }
  const { api } = await pendingSignIn(engine);
  expect((await api.open.signIn.pending()).methods).toEqual(['email']);
  await fullySignedIn(engine);
  for (const code of codes.slice(0, 4)) {
    await expectRefusal(api.open.signIn.prove({ method: 'recoveryCode', code }), 'recoveryCodeRejected');
  }
});

test('S30 a recovery code is forgiving about how it is typed, and about nothing else', async () => {
  const engine = await openEngine();
  const { codes } = await protectedOwner(engine);
  const [first = '', second = ''] = codes;
  const typed = ` ${first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
  const one = await pendingSignIn(engine);
  await one.api.open.signIn.prove({ method: 'recoveryCode', code: typed });
  const two = await pendingSignIn(engine);
  const last = second.at(-1) === '0' ? '2' : '0';
  for (const wrong of [second.slice(0, -1), `${second}0`, second.slice(0, -1) + last, `${second} ${second}`]) {
    await expectRefusal(two.api.open.signIn.prove({ method: 'recoveryCode', code: wrong }), 'recoveryCodeRejected');
  }
  expect(formatRecoveryCode({ selector: first.slice(0, 4), secret: first.slice(4).replaceAll('-', '') })).toBe(first);
});
