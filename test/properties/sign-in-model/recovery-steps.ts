import { expect } from 'vitest';
import type { Rules } from './rules.ts';
import {
  always,
  answerOf,
  type Digits,
  holdsCode,
  inSession,
  type ProofGiven,
  proofAtHand,
  proofOf,
  type Step,
  step,
} from './step.ts';
import { toldBy } from './world.ts';

/** Ways back in, and changes of the address they lead through. */
export function requestReset(at: number, address: string | null): Step {
  return step(`forget the password at ${at}, ${address ?? 'own address'}`, always, async (rules, world) => {
    const email = address ?? rules.email;
    expect(await world.screen(at).api.open.reset.request({ email })).toEqual({});
    if (rules.resetLeaves(email)) rules.resetSent(await world.oneTimeCode());
  });
}

/** Which of the codes there ever were is typed: the newest, one of before by its number, or none. */
export type OneTimeChoice = 'newestReset' | 'newestUndo' | 'nonsense' | number;

function oneTimeCodeOf(rules: Readonly<Rules>, choice: OneTimeChoice): string | null {
  const { oneTimes } = rules;
  if (choice === 'nonsense') return 'nonsense';
  if (typeof choice === 'number') return oneTimes.at(-choice)?.code ?? null;
  const wanted = choice === 'newestReset' ? 'reset' : 'undo';
  return oneTimes.findLast(({ act }) => act === wanted)?.code ?? null;
}

/** With a new password, typed twice; several times at once by somebody impatient, or by two who have the code (S21). */
export function finish(at: number, choice: OneTimeChoice, password: 'fit' | 'common', times: number): Step {
  return step(
    `choose a ${password} password at ${at} by code: ${choice}, ${times} at once`,
    (rules) => oneTimeCodeOf(rules, choice) !== null,
    async (rules, world) => {
      const code = oneTimeCodeOf(rules, choice) ?? 'none';
      const newPassword = password === 'fit' ? world.freshPassword() : 'password123';
      const { reset } = world.screen(at).api.open;
      const calls = Array.from({ length: times }, () =>
        toldBy(reset.finish({ code, newPassword, confirmPassword: newPassword })),
      );
      const expected = calls.map(() => rules.finish(code, password));
      if (expected.includes('done')) world.password = newPassword;
      expect((await Promise.all(calls)).sort()).toEqual(expected.sort());
    },
  );
}

export function typeTwoPasswords(at: number, choice: OneTimeChoice): Step {
  return step(
    `choose two different passwords at ${at}`,
    (rules) => oneTimeCodeOf(rules, choice) !== null,
    async (rules, world) => {
      const twice = { newPassword: world.freshPassword(), confirmPassword: world.freshPassword() };
      const call = world.screen(at).api.open.reset.finish({ code: oneTimeCodeOf(rules, choice) ?? 'none', ...twice });
      expect(await toldBy(call)).toBe('invalidInput');
    },
  );
}

export function askNewAddress(at: number, newEmail: string, right: boolean): Step {
  return step(
    `ask at ${at} for a code at ${newEmail}, ${right ? 'right' : 'wrong'} password`,
    (rules) => rules.sessionAt(at) !== null && rules.email !== newEmail,
    async (rules, world) => {
      const told = rules.askNewAddress(at, newEmail, right);
      const currentPassword = world.passwordTyped(right);
      let id = '';
      const call = world.screen(at).api.self.email.sendCode({ newEmail, currentPassword });
      const actual = await toldBy(call, ({ challengeId }) => {
        id = challengeId;
        return 'done';
      });
      expect(actual).toBe(told);
      if (told === 'done') rules.sent(at, 'confirmEmail', id, await world.mailedCode(newEmail), newEmail);
    },
  );
}

export function changeEmail(at: number, right: boolean, choice: Digits, given: ProofGiven): Step {
  return step(
    `change the address at ${at} by the ${choice} code, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(given)}`,
    (rules) => holdsCode(rules, at, 'confirmEmail') && proofAtHand(rules, at, 'changeEmail', given),
    async (rules, world) => {
      const { typed, proof } = proofOf(rules, at, 'changeEmail', given);
      const answer = answerOf(rules, at, 'confirmEmail', choice);
      const confirmed = { challengeId: answer.id, code: answer.digits };
      const currentPassword = world.passwordTyped(right);
      const actual = await toldBy(world.screen(at).api.self.email.change({ currentPassword, proof, ...confirmed }));
      const undo = await world.oneTimeCode();
      expect(actual).toBe(rules.changeEmail(at, right, typed, answer, undo));
    },
  );
}

export function deleteAccount(at: number, right: boolean, given: ProofGiven): Step {
  return step(
    `delete the account at ${at}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(given)}`,
    inSession(at),
    async (rules, world) => {
      const { typed, proof } = proofOf(rules, at, 'deleteAccount', given);
      const currentPassword = world.passwordTyped(right);
      const actual = await toldBy(world.screen(at).api.self.account.delete({ currentPassword, proof }));
      expect(actual).toBe(rules.deleteAccount(at, right, typed));
    },
  );
}
