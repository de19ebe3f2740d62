import { beforeEach, describe, expect, test } from 'vitest';
import type { Policy } from '../../../src-main/domain/policy.ts';
import { DAY, MINUTE } from '../../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../../support/engine.ts';
import { mailedAnswer, mailedStepUp } from '../../support/flows.ts';
import {
  CREDENTIALS,
  enableTwoStep,
  OWNER,
  type Person,
  personAt,
  refusalOf,
  signedInOwner,
} from '../../support/person.ts';
import { addAccount, auditedBy, MEMBER, writePolicy } from '../../support/records.ts';

let engine: Engine;
let owner: Person;
let codes: readonly string[];

/** Two-step verification on, and computers may be remembered for a week. */
beforeEach(async () => {
  engine = await openEngine({ sealed: true });
  owner = await signedInOwner(engine);
  codes = await enableTwoStep(engine, owner);
  await writePolicy(engine, { trust: '7d' });
});

const signIn = (person: Person, { email, password } = CREDENTIALS) =>
  person.api.open.signIn.withPassword({ email, password });

/** A computer that the owner ticked "Remember this device" on. */
async function trustedComputer(): Promise<Person> {
  const person = personAt(engine);
  await signIn(person);
  await person.api.open.signIn.prove({ ...(await mailedAnswer(engine, person)), remember: true });
  return person;
}

/** Another seat with the same tokens, as of a copied cookie. */
function copyOf({ jar }: Person): Person {
  const copy = personAt(engine);
  copy.jar.trusts = jar.trusts ?? [];
  return copy;
}

const devices = () => owner.api.self.trustedDevices.list();

describe('R18 trust is granted', () => {
  test('R18 where policy allows it and the person ticked it: the second step is spared until its end', async () => {
    const person = await trustedComputer();
    engine.clock.advance(7 * DAY - 1);
    expect(await signIn(person)).toEqual({ next: 'signedIn' });
    engine.clock.advance(1);
    expect(await signIn(person)).toEqual({ next: 'secondStep' });
  });

  test('R18 and the sign-in is on record as such', async () => {
    const audited = await auditedBy(engine, trustedComputer);
    expect(audited.at(-1)).toMatchObject({ kind: 'trustGranted', detail: { after: '7d' } });
    const person = await trustedComputer();
    expect(await auditedBy(engine, () => signIn(person))).toMatchObject([
      { kind: 'signedIn', detail: { reason: 'trustedDevice' } },
      { kind: 'signedOut' },
    ]);
  });

  test.each([
    ['never', null],
    ['session', 'session'],
    ['1d', '1d'],
    ['7d', '7d'],
    ['30d', '30d'],
  ] as const)('R18 the screen of a policy of %s offers %s', async (trust, remember) => {
    await writePolicy(engine, { trust });
    const person = personAt(engine);
    await signIn(person);
    expect((await person.api.open.signIn.pending()).remember).toBe(remember);
  });

  test('R18 S4 not where policy never does, whatever was ticked', async () => {
    await writePolicy(engine, { trust: 'never' });
    const person = await trustedComputer();
    expect([person.jar.trusts, await signIn(person)]).toEqual([undefined, { next: 'secondStep' }]);
  });

  test('R18 not by a recovery code, and not unless it was ticked', async () => {
    for (const answer of [{ method: 'recoveryCode' as const, code: codes[0], remember: true }, null]) {
      const person = personAt(engine);
      await signIn(person);
      await person.api.open.signIn.prove(answer ?? (await mailedAnswer(engine, person)));
      expect([person.jar.trusts, (await devices()).length]).toEqual([undefined, 0]);
    }
  });

  test('S2 not by ticking alone: who leaves before the second step has nothing', async () => {
    const person = personAt(engine);
    await signIn(person);
    const { code } = await person.api.open.signIn.pending();
    const wrong = { method: 'email' as const, challengeId: code?.challengeId ?? '', code: 'x', remember: true };
    await refusalOf(person.api.open.signIn.prove(wrong));
    await person.api.open.signIn.cancel();
    expect([person.jar.trusts, (await devices()).length, await signIn(person)]).toEqual([
      undefined,
      0,
      { next: 'secondStep' },
    ]);
  });

  test('R18 once for each computer: a second grant takes the place of the first', async () => {
    const person = await trustedComputer();
    await owner.api.self.trustedDevices.revokeAll();
    await signIn(person);
    await person.api.open.signIn.prove({ ...(await mailedAnswer(engine, person)), remember: true });
    expect(await person.api.self.trustedDevices.list()).toMatchObject([{ current: true, client: 'Chrome on Linux' }]);
  });
});

describe('S31 S32 whose secret it is', () => {
  test('S31 A’s trust does not spare B the second step', async () => {
    await addAccount(engine);
    const member = personAt(engine);
    await signIn(member, MEMBER);
    await enableTwoStep(engine, member, MEMBER.email);
    const person = await trustedComputer();
    expect(await signIn(person, MEMBER)).toEqual({ next: 'secondStep' });
    expect(await signIn(person)).toEqual({ next: 'signedIn' });
  });

  test('R18 one computer can be trusted by several accounts', async () => {
    await addAccount(engine);
    const person = await trustedComputer();
    await signIn(person, MEMBER);
    await enableTwoStep(engine, person, MEMBER.email);
    await signIn(person, MEMBER);
    await person.api.open.signIn.prove({ ...(await mailedAnswer(engine, person, MEMBER.email)), remember: true });
    expect(await signIn(person)).toEqual({ next: 'signedIn' });
    expect(await signIn(person, MEMBER)).toEqual({ next: 'signedIn' });
    expect(person.jar.trusts).toHaveLength(2);
  });

  test('S32 each use has a new secret; a copy that comes later is found out, and the device is trusted by nobody', async () => {
    const person = await trustedComputer();
    const thief = copyOf(person);
    const [before] = person.jar.trusts ?? [];
    expect(await signIn(person)).toEqual({ next: 'signedIn' });
    const [after] = person.jar.trusts ?? [];
    expect([after?.id, after?.secret === before?.secret]).toEqual([before?.id, false]);
    const audited = await auditedBy(engine, async () => {
      expect(await signIn(thief)).toEqual({ next: 'secondStep' });
    });
    expect(audited[0]).toMatchObject({ kind: 'trustReplayed', actorId: null });
    expect(await signIn(person)).toEqual({ next: 'secondStep' });
    expect(await devices()).toEqual([]);
  });

  test('S32 of two that use one secret at once exactly one is trusted, and after that none', async () => {
    const person = await trustedComputer();
    const seats = [person, copyOf(person)];
    const answers = await Promise.all(seats.map((seat) => signIn(seat)));
    expect(answers.map(({ next }) => next).sort()).toEqual(['secondStep', 'signedIn']);
    expect(await devices()).toEqual([]);
    for (const seat of seats) expect(await signIn(seat)).toEqual({ next: 'secondStep' });
  });

  test('S32 a forged secret, and a device there is none of, spare nothing', async () => {
    const person = await trustedComputer();
    const [known] = person.jar.trusts ?? [];
    const forger = personAt(engine);
    forger.jar.trusts = [{ id: 'A'.repeat(22), secret: 'B'.repeat(43) }];
    expect(await signIn(forger)).toEqual({ next: 'secondStep' });
    expect(await signIn(person)).toEqual({ next: 'signedIn' });
    forger.jar.trusts = [{ id: known?.id ?? '', secret: 'B'.repeat(43) }];
    expect(await signIn(forger)).toEqual({ next: 'secondStep' });
    expect(await devices()).toEqual([]);
  });

  test('S17 S32 without the right password a copy is neither told anything nor does it harm', async () => {
    const person = await trustedComputer();
    const copy = copyOf(person);
    copy.jar.trusts = copy.jar.trusts?.map(({ id }) => ({ id, secret: 'B'.repeat(43) })) ?? [];
    const wrong = { ...CREDENTIALS, password: 'not my password' };
    expect(await refusalOf(signIn(copy, wrong))).toMatchObject({ code: 'signInRejected' });
    expect(await signIn(person)).toEqual({ next: 'signedIn' });
  });
});

describe('S27 S33 trust ends', () => {
  const change: [string, () => Promise<unknown>][] = [
    ['any change of policy', () => writePolicy(engine, {})],
    ['a policy that trusts none', () => writePolicy(engine, { trust: 'never' } satisfies Partial<Policy>)],
    [
      'a change of password',
      () => {
        const passwords = { newPassword: OWNER.password.toUpperCase(), confirmPassword: OWNER.password.toUpperCase() };
        return owner.api.self.password.change({ currentPassword: OWNER.password, ...passwords });
      },
    ],
    [
      'new recovery codes',
      async () => owner.api.self.twoStep.newRecoveryCodes(await mailedStepUp(engine, owner, 'newRecoveryCodes')),
    ],
    [
      'switching off and on again',
      async () => {
        await owner.api.self.twoStep.disable(await mailedStepUp(engine, owner, 'disable'));
        await enableTwoStep(engine, owner);
      },
    ],
    [
      'a new epoch, as a reset or a freeze begins',
      async () => {
        const { id } = (await owner.api.self.me()).account;
        await engine.deps.store.transaction((tx) => tx.accounts.change(id, { epoch: 99 }));
      },
    ],
    ['revoking all', () => owner.api.self.trustedDevices.revokeAll()],
  ];

  test.each(change)('S27 S33 with %s', async (name, act) => {
    const person = await trustedComputer();
    engine.clock.advance(MINUTE);
    await act();
    const password = name === 'a change of password' ? OWNER.password.toUpperCase() : OWNER.password;
    expect(await signIn(person, { ...CREDENTIALS, password })).toEqual({ next: 'secondStep' });
  });

  test('S27 with a reset of the password by mail', async () => {
    const person = await trustedComputer();
    await person.api.open.reset.request({ email: OWNER.email });
    const letter = (await engine.letters()).findLast(({ message }) => message.kind === 'passwordReset');
    const code = letter?.message.kind === 'passwordReset' ? letter.message.resetCode : '';
    const password = 'a brand new phrase';
    await person.api.open.reset.finish({ code, newPassword: password, confirmPassword: password });
    expect(await signIn(person, { ...CREDENTIALS, password })).toEqual({ next: 'secondStep' });
  });

  test('R42 in a lock the device is not trusted, and after it it is', async () => {
    const person = await trustedComputer();
    const wrong = { ...CREDENTIALS, password: 'not my password' };
    for (let i = 0; i < 10; i += 1) await refusalOf(signIn(personAt(engine), wrong));
    expect(await signIn(person)).toEqual({ next: 'secondStep' });
    expect((await person.api.open.signIn.pending()).methods).toEqual(['recoveryCode']);
    engine.clock.advance(15 * MINUTE);
    expect(await signIn(person)).toEqual({ next: 'signedIn' });
  });

  test('S33 for sensitive acts it never counted: a trusted session needs password and proof as any', async () => {
    const person = await trustedComputer();
    await signIn(person);
    const stepUp = { currentPassword: OWNER.password, proof: null };
    expect(await refusalOf(person.api.self.twoStep.disable(stepUp))).toMatchObject({ code: 'proofNeeded' });
  });
});

describe('R18 the list of trusted devices', () => {
  test('R18 shows which, since when, until when, used when, and which one this is', async () => {
    const at = engine.clock.now();
    const person = await trustedComputer();
    engine.clock.advance(DAY);
    await signIn(person);
    const expected = { client: 'Chrome on Linux', createdAt: at, lastUsedAt: at + DAY, expiresAt: at + 7 * DAY };
    const [listed] = await person.api.self.trustedDevices.list();
    expect(listed).toEqual({ ...expected, id: person.jar.trusts?.[0]?.id, current: true });
    expect(JSON.stringify(listed)).not.toContain(person.jar.trusts?.[0]?.secret);
  });

  test('R18 one is revoked by its owner, on record, and nobody else’s is', async () => {
    const person = await trustedComputer();
    const id = person.jar.trusts?.[0]?.id ?? '';
    await addAccount(engine);
    const member = personAt(engine);
    await signIn(member, MEMBER);
    expect(await refusalOf(member.api.self.trustedDevices.revoke({ id }))).toMatchObject({ code: 'notFound' });
    const audited = await auditedBy(engine, () => owner.api.self.trustedDevices.revoke({ id }));
    expect(audited).toMatchObject([{ kind: 'trustRevoked', detail: { count: 1 } }]);
    expect(await refusalOf(owner.api.self.trustedDevices.revoke({ id }))).toMatchObject({ code: 'notFound' });
    expect(await signIn(person)).toEqual({ next: 'secondStep' });
  });
});
