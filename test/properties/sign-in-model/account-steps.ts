import { expect } from 'vitest';
import {
  always,
  answerOf,
  type Digits,
  holdsCode,
  inSession,
  type Recovery,
  recoveryCodeOf,
  type Step,
  step,
} from './step.ts';
import { toldBy } from './world.ts';

/** What people do to their own account once they are signed in. */
export function enable(at: number, choice: Digits): Step {
  return step(
    `enable at ${at} with the ${choice} code`,
    (rules) => holdsCode(rules, at, 'enable'),
    async (rules, world) => {
      const { id, digits } = answerOf(rules, at, 'enable', choice);
      let fresh: readonly string[] = [];
      const call = world.screen(at).api.self.twoStep.enable({ challengeId: id, code: digits });
      const actual = await toldBy(call, ({ recoveryCodes }) => {
        fresh = recoveryCodes;
        return 'done';
      });
      expect(actual).toBe(rules.enable(at, id, digits, fresh));
    },
  );
}

export type ProofChoice = { readonly mail: Digits } | { readonly recovery: Recovery };

export function stepUp(at: number, act: 'disable' | 'newRecoveryCodes', right: boolean, choice: ProofChoice): Step {
  return step(
    `${act} at ${at}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(choice)}`,
    (rules) => ('mail' in choice ? holdsCode(rules, at, act) : rules.sessionAt(at) !== null && rules.twoStep),
    async (rules, world) => {
      const answer = 'mail' in choice ? answerOf(rules, at, act, choice.mail) : null;
      const recoveryCode = 'recovery' in choice ? recoveryCodeOf(rules, choice.recovery) : '';
      const proof = answer
        ? { method: 'email' as const, challengeId: answer.id, code: answer.digits }
        : { method: 'recoveryCode' as const, code: recoveryCode };
      const currentPassword = right ? world.password : 'not my password';
      const { twoStep } = world.screen(at).api.self;
      let fresh: readonly string[] = [];
      const actual =
        act === 'disable'
          ? await toldBy(twoStep.disable({ currentPassword, proof }))
          : await toldBy(twoStep.newRecoveryCodes({ currentPassword, proof }), ({ recoveryCodes }) => {
              fresh = recoveryCodes;
              return 'done';
            });
      expect(actual).toBe(rules.stepUp(at, act, right, answer ?? { recoveryCode }, fresh));
    },
  );
}

export function changePassword(at: number, right: boolean): Step {
  return step(
    `change the password at ${at}, ${right ? 'right' : 'wrong'} current one`,
    inSession(at),
    async (rules, world) => {
      const newPassword = world.freshPassword();
      const currentPassword = right ? world.password : 'not my password';
      const change = { currentPassword, newPassword, confirmPassword: newPassword };
      const told = rules.changePassword(at, right);
      expect(await toldBy(world.screen(at).api.self.password.change(change))).toBe(told);
      if (told === 'done') world.password = newPassword;
    },
  );
}

export function keepAlive(at: number): Step {
  return step(`keep the session at ${at} alive`, inSession(at), async (rules, world) => {
    expect(await toldBy(world.screen(at).api.self.keepAlive())).toBe(rules.keepAlive(at));
  });
}

export function signOut(at: number): Step {
  return step(`sign out at ${at}`, inSession(at), async (rules, world) => {
    expect(await toldBy(world.screen(at).api.self.signOut())).toBe(rules.signOut(at));
  });
}

export function endOthers(at: number): Step {
  return step(`sign the others out from ${at}`, inSession(at), async (rules, world) => {
    const { told, ended } = rules.endOthers(at);
    let counted = 0;
    const actual = await toldBy(world.screen(at).api.self.sessions.endOthers(), (given) => {
      counted = given.ended;
      return 'done';
    });
    expect([actual, counted]).toEqual([told, ended]);
  });
}

export function look(at: number): Step {
  return step(`look at the profile at ${at}`, inSession(at), async (rules, world) => {
    const { self } = world.screen(at).api;
    expect(await toldBy(self.me())).toBe(rules.sessionAt(at) ? 'done' : 'notSignedIn');
    if (!rules.sessionAt(at)) return;
    const { state, methods, recoveryCodes } = await self.twoStep.status();
    const left = rules.recoveryCodes.size;
    expect({ state, enrolled: methods.length, left: recoveryCodes.left, low: recoveryCodes.low }).toEqual({
      state: rules.twoStep ? 'active' : 'off',
      enrolled: rules.twoStep ? 1 : 0,
      left,
      low: rules.twoStep && left <= 3,
    });
    expect(await self.sessions.list()).toHaveLength(rules.stages().filter((stage) => stage === 'signedIn').length);
  });
}

export const setUpAgain: Step = step('set the workspace up once more', always, async (_, world) => {
  expect(await toldBy(world.setUp())).toBe('alreadySetUp');
});

export const restart: Step = step('restart the app', always, async (_, world) => world.restart());

export function wait(by: number): Step {
  return step(`wait ${by / 1_000} s`, always, async (rules, world) => {
    world.clock.advance(by);
    rules.now += by;
  });
}
