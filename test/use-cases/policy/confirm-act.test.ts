import { describe, expect, test } from 'vitest';
import { CODE_TRIES } from '../../../src-main/domain/code.ts';
import { type Policy, policyOf } from '../../../src-main/domain/policy.ts';
import { MINUTE } from '../../../src-main/domain/values.ts';
import { auditedBy } from '../../attacks/support/audit.ts';
import { accountOf, fullySignedIn, protectedOwner } from '../../attacks/support/people.ts';
import { expectRefusal, times, verdictOf, wordFor } from '../../attacks/support/verdict.ts';
import { openEngine } from '../../support/engine.ts';
import { OWNER, otherThan, personAt, signedInOwner } from '../../support/person.ts';
import { changePolicyTo, policyProof } from './admin.ts';

const STRONG = policyOf('strong');
const REQUIRED: Policy = { ...STRONG, enforcement: 'required', complianceDays: 3 };

describe('S26 S10 the proof', () => {
  test('a wrong code is counted; five burn the challenge; each refusal is on record', async () => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const proof = await policyProof(engine, owner);
    const wrong = (index: number) => ({
      ...proof,
      code: String((Number(proof.code) + 1 + index) % 1_000_000).padStart(6, '0'),
    });
    const change = (code: typeof proof) =>
      owner.api.admin.policy.change({ expectedVersion: 1, policy: REQUIRED, proof: code });
    const entries = await auditedBy(engine, async () => {
      const words: string[] = [];
      for (let index = 0; index < CODE_TRIES; index += 1) words.push(wordFor(await verdictOf(change(wrong(index)))));
      expect(words).toEqual([...Array(CODE_TRIES - 1).fill('codeRejected'), 'challengeBurnt']);
      await expectRefusal(change(proof), 'challengeBurnt');
    });
    expect(entries.map(({ kind }) => kind)).toEqual(Array(CODE_TRIES + 1).fill('stepUpRejected'));
    expect((await accountOf(engine)).throttle.failures).toBe(CODE_TRIES);
    expect((await owner.api.admin.policy.see()).version).toBe(1);
  });

  test('R42 ten wrong recovery codes lock the account; then not even a right one counts here', async () => {
    const engine = await openEngine();
    const { owner, codes } = await protectedOwner(engine);
    const change = (code: string | undefined) =>
      owner.api.admin.policy.change({ expectedVersion: 1, policy: REQUIRED, proof: { method: 'recoveryCode', code } });
    for (const _ of times(10, (index) => index)) await expectRefusal(change('0'.repeat(20)), 'recoveryCodeRejected');
    await expectRefusal(change(codes[0]), 'locked');
  });

  test.each([null, '', ' ', [], 1e6, 'x'.repeat(1_000)])('S5 %j is a wrong code', async (code) => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const proof = { ...(await policyProof(engine, owner)), code: code as string };
    await expectRefusal(owner.api.admin.policy.change({ expectedVersion: 1, policy: REQUIRED, proof }), 'codeRejected');
  });

  test('S6 a code that was mailed for something else, or to another session, does not count', async () => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const elsewhere = await fullySignedIn(engine);
    const theirs = await policyProof(engine, elsewhere);
    const change = { expectedVersion: 1, policy: REQUIRED };
    await expectRefusal(owner.api.admin.policy.change({ ...change, proof: theirs }), 'challengeExpired');
    engine.clock.advance(MINUTE);
    const { challengeId } = await owner.api.self.twoStep.sendProofCode({ purpose: 'disable' });
    const forDisabling = { method: 'email' as const, challengeId, code: await engine.codeFor(OWNER.email) };
    await expectRefusal(owner.api.admin.policy.change({ ...change, proof: forDisabling }), 'challengeExpired');
  });

  test('S22 in the day after a reset by mail the mailbox does not confirm a change where there is another way', async () => {
    const engine = await openEngine();
    const { owner, codes } = await protectedOwner(engine);
    const { id } = await accountOf(engine);
    await engine.deps.store.transaction((tx) => tx.accounts.change(id, { mailResetAt: engine.clock.now() }));
    await expectRefusal(owner.api.admin.policy.sendCode(), 'methodUnavailable');
    const proof = { method: 'recoveryCode' as const, code: codes[0] };
    expect(await owner.api.admin.policy.change({ expectedVersion: 1, policy: REQUIRED, proof })).toEqual({
      version: 2,
    });
  });

  test('R1 from another surface nothing is changed and no code is sent', async () => {
    const engine = await openEngine();
    const { owner } = await protectedOwner(engine);
    const web = personAt(engine, 'web');
    web.jar.session = owner.jar.session;
    await expectRefusal(web.api.admin.policy.sendCode(), 'surfaceForbidden');
    const proof = { method: 'recoveryCode' as const, code: '0'.repeat(20) };
    await expectRefusal(
      web.api.admin.policy.change({ expectedVersion: 1, policy: REQUIRED, proof }),
      'surfaceForbidden',
    );
  });
});

test('R24 an owner whose own is off may still relax a policy: the mailed code is all there is', async () => {
  const engine = await openEngine();
  const owner = await signedInOwner(engine);
  expect(await changePolicyTo(engine, owner, { trust: '30d' })).toBe(2);
  const proof = await policyProof(engine, owner);
  const wrong = { ...proof, code: otherThan(proof.code) };
  await expectRefusal(
    owner.api.admin.policy.change({ expectedVersion: 2, policy: STRONG, proof: wrong }),
    'codeRejected',
  );
});
