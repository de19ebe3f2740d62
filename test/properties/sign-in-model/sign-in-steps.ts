import { expect } from 'vitest';
import {
  answerOf,
  type Digits,
  holdsCode,
  inSecondStep,
  type Recovery,
  recoveryCodeOf,
  type Step,
  step,
} from './step.ts';
import type { Purpose } from './words.ts';
import { toldBy } from './world.ts';

/** What people do at the sign-in screen. */
export function signIn(at: number, right: boolean): Step {
  return step(
    `sign in at ${at} with the ${right ? 'right' : 'wrong'} password`,
    (rules) => rules.at(at) === null,
    async (rules, world) => {
      const { api } = world.screen(at);
      const password = right ? world.password : 'not my password';
      const { told, sends } = rules.signIn(at, right);
      const call = api.open.signIn.withPassword({ email: rules.email, password });
      expect(await toldBy(call, ({ next }) => next)).toBe(told);
      if (told !== 'secondStep') return;
      const { code, methods, lockedUntil } = await api.open.signIn.pending();
      const recovery = rules.recoveryCodes.size > 0 ? ['recoveryCode'] : [];
      expect({ methods, lockedUntil }).toEqual({
        methods: rules.mailCounts ? ['email', ...recovery] : recovery,
        lockedUntil: rules.lockedUntil,
      });
      expect(code !== null).toBe(sends);
      if (code) rules.sent(at, 'signIn', code.challengeId, await world.mailedCode(rules.email));
    },
  );
}

export function hammer(at: number, times: number): Step {
  return step(
    `try ${times} wrong passwords at ${at}`,
    (rules) => rules.at(at) === null,
    async (rules, world) => {
      for (let i = 0; i < times; i += 1) {
        const { told } = rules.signIn(at, false);
        const guess = { email: rules.email, password: `guess ${i}` };
        expect(await toldBy(world.screen(at).api.open.signIn.withPassword(guess))).toBe(told);
      }
    },
  );
}

/** At an address that is not theirs, or no longer: told the same as for a wrong password, and nothing is counted. */
export function signInElsewhere(at: number, address: string): Step {
  return step(
    `sign in at ${at} with the right password, as ${address}`,
    (rules) => rules.at(at) === null && rules.email !== address,
    async (rules, world) => {
      if (rules.email === address) return;
      const call = world.screen(at).api.open.signIn.withPassword({ email: address, password: world.password });
      expect(await toldBy(call, ({ next }) => next)).toBe('signInRejected');
    },
  );
}

export function ask(at: number, purpose: Exclude<Purpose, 'confirmEmail' | 'policy'>): Step {
  return step(
    `ask at ${at} for a code for ${purpose}`,
    (rules) => {
      if (purpose === 'signIn') return rules.pendingAt(at) !== null;
      return rules.sessionAt(at) !== null && rules.twoStep === (purpose !== 'enable');
    },
    async (rules, world) => {
      const { open, self } = world.screen(at).api;
      const told = rules.ask(at, purpose);
      const call =
        purpose === 'signIn'
          ? open.signIn.sendCode({ method: 'email' })
          : purpose === 'enable'
            ? self.twoStep.sendEnableCode({ method: 'email' })
            : self.twoStep.sendProofCode({ purpose });
      let id = '';
      const actual = await toldBy(call, ({ challengeId }) => {
        id = challengeId;
        return 'done';
      });
      expect(actual).toBe(told);
      if (told === 'done') rules.sent(at, purpose, id, await world.mailedCode(rules.email));
    },
  );
}

/** The same answer several times at once: by auto-submit, by the button, by somebody impatient (S7). */
export function proveByMail(at: number, choice: Digits, times: number): Step {
  return step(
    `answer the second step at ${at} with the ${choice} code, ${times} at once`,
    inSecondStep(at),
    async (rules, world) => {
      const { id, digits } = answerOf(rules, at, 'signIn', choice);
      const { api } = world.screen(at);
      const answer = { method: 'email' as const, challengeId: id, code: digits };
      const calls = Array.from({ length: times }, () => toldBy(api.open.signIn.prove(answer)));
      const expected = calls.map(() => rules.proveByMail(at, id, digits));
      expect((await Promise.all(calls)).sort()).toEqual(expected.sort());
    },
  );
}

/** Different wrong codes one after another (S10). */
export function guessCodes(at: number, times: number): Step {
  return step(
    `guess ${times} codes at ${at}`,
    (rules) => holdsCode(rules, at, 'signIn'),
    async (rules, world) => {
      const { id, digits: right } = answerOf(rules, at, 'signIn', 'right');
      const guesses = Array.from({ length: times }, (_, index) => `90000${index}`.slice(-6));
      for (const digits of guesses.filter((guess) => guess !== right)) {
        const answer = { method: 'email' as const, challengeId: id, code: digits };
        const told = rules.proveByMail(at, id, digits);
        expect(await toldBy(world.screen(at).api.open.signIn.prove(answer))).toBe(told);
      }
    },
  );
}

export function proveByRecoveryCode(at: number, choice: Recovery): Step {
  return step(
    `answer the second step at ${at} with a recovery code: ${choice}`,
    inSecondStep(at),
    async (rules, world) => {
      const code = recoveryCodeOf(rules, choice);
      const told = rules.proveByRecoveryCode(at, code);
      let left: number | null = null;
      const actual = await toldBy(
        world.screen(at).api.open.signIn.prove({ method: 'recoveryCode', code }),
        ({ recoveryCodesLeft }) => {
          left = recoveryCodesLeft;
          return 'done';
        },
      );
      expect([actual, left]).toEqual([told, told === 'done' ? rules.recoveryCodes.size : null]);
    },
  );
}

/** Recovery codes nobody has, one after another, and then perhaps a right one (S10). */
export function guessRecoveryCodes(at: number, times: number): Step {
  return step(
    `guess ${times} recovery codes at ${at}, then type a right one`,
    inSecondStep(at),
    async (rules, world) => {
      for (const choice of [...Array<Recovery>(times).fill('nonsense'), 'unused' as const]) {
        const code = recoveryCodeOf(rules, choice);
        const told = rules.proveByRecoveryCode(at, code);
        expect(await toldBy(world.screen(at).api.open.signIn.prove({ method: 'recoveryCode', code }))).toBe(told);
      }
    },
  );
}

export function cancel(at: number): Step {
  return step(`give the sign-in at ${at} up`, inSecondStep(at), async (rules, world) => {
    expect(await toldBy(world.screen(at).api.open.signIn.cancel())).toBe(rules.cancel(at));
  });
}
