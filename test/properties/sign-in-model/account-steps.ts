import { expect } from 'vitest';
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

export function stepUp(at: number, act: 'disable' | 'newRecoveryCodes', right: boolean, choice: ProofGiven): Step {
  return step(
    `${act} at ${at}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(choice)}`,
    (rules) => rules.twoStep && proofAtHand(rules, at, act, choice),
    async (rules, world) => {
      const { typed, proof } = proofOf(rules, at, act, choice);
      const currentPassword = world.passwordTyped(right);
      const { twoStep } = world.screen(at).api.self;
      let fresh: readonly string[] = [];
      const actual =
        act === 'disable'
          ? await toldBy(twoStep.disable({ currentPassword, proof }))
          : await toldBy(twoStep.newRecoveryCodes({ currentPassword, proof }), ({ recoveryCodes }) => {
              fresh = recoveryCodes;
              return 'done';
            });
      expect(actual).toBe(rules.stepUp(at, act, right, typed, fresh));
    },
  );
}

export function changePassword(at: number, right: boolean): Step {
  return step(
    `change the password at ${at}, ${right ? 'right' : 'wrong'} current one`,
    inSession(at),
    async (rules, world) => {
      const newPassword = world.freshPassword();
      const currentPassword = world.passwordTyped(right);
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

export function endSession(at: number, other: number): Step {
  return step(`end the session at ${other} from ${at}`, inSession(at), async (rules, world) => {
    const id = (await world.sessionIdAt(other)) ?? 'nobody';
    expect(await toldBy(world.screen(at).api.self.sessions.end({ id }))).toBe(rules.endSession(at, other));
  });
}

export function rename(at: number, name: string): Step {
  return step(`rename oneself ${name} at ${at}`, inSession(at), async (rules, world) => {
    const call = world.screen(at).api.self.profile.rename({ name: ` ${name}  ` });
    const told = rules.rename(at, name);
    expect(await toldBy(call)).toBe(told);
  });
}

export function look(at: number): Step {
  return step(`look at the profile at ${at}`, inSession(at), async (rules, world) => {
    const { self } = world.screen(at).api;
    expect(await toldBy(self.me())).toBe(rules.sessionAt(at) ? 'done' : 'notSignedIn');
    if (!rules.sessionAt(at)) return;
    const { account } = await self.me();
    expect([account.name, account.email]).toEqual([rules.name, rules.email]);
    const { state, methods, recoveryCodes } = await self.twoStep.status();
    const left = rules.recoveryCodes.size;
    expect({ state, enrolled: methods.length, left: recoveryCodes.left, low: recoveryCodes.low }).toEqual({
      state: rules.twoStep ? 'active' : 'off',
      enrolled: rules.twoStep ? 1 : 0,
      left,
      low: rules.twoStep && left <= 3,
    });
    const sessions = await self.sessions.list();
    expect(sessions).toHaveLength(rules.stages().filter((stage) => stage === 'signedIn').length);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
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
