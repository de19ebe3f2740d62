import { expect } from 'vitest';
import { trustLasts } from './policy-rule.ts';
import {
  answerOf,
  type Digits,
  holds,
  holdsCode,
  type ProofGiven,
  proofOf,
  type Rules,
  recoveryCodeAt,
  type Step,
  step,
  toldBy,
} from './step.ts';
import { emailOf, type Key, type Told } from './who.ts';
import type { World } from './world.ts';

/** What people do at a seat: sign in, leave, and what concerns their own account. */
export function signIn(seat: number, key: Key, right = true): Step {
  return step(
    `${key} signs in at ${seat} with the ${right ? 'right' : 'wrong'} password`,
    (rules) => rules.at(seat) === null && rules.who(key).state !== 'none',
    async (rules, world) => {
      const { api } = world.seat(seat);
      const call = api.open.signIn.withPassword({ email: emailOf(key), password: world.passwordOf(key, right) });
      await settled(
        rules,
        world,
        seat,
        toldBy(call, ({ next }) => next),
        () => rules.signIn(seat, key, right),
      );
    },
  );
}

/** Whatever came of a password: where a second step is owed, what it asks for must agree, too. */
export async function settled(
  rules: Rules,
  world: World,
  seat: number,
  call: Promise<Told>,
  rule: () => { mayTell: Told[]; sends: boolean },
): Promise<Told> {
  let sends = false;
  const told = await holds(
    world,
    call,
    () => {
      const ruled = rule();
      sends = ruled.sends;
      return ruled.mayTell;
    },
    (told) => (told === 'secondStep' ? 'passwordAccepted' : 'signedIn'),
  );
  const place = rules.pendingAt(seat);
  if (told !== 'secondStep' || !place) return told;
  const someone = rules.who(place.who);
  const { code, methods, remember } = await world.seat(seat).api.open.signIn.pending();
  const recovery = someone.recoveryCodes.size > 0 ? ['recoveryCode'] : [];
  const lasts = trustLasts(rules.policy) === null ? null : rules.policy.trust;
  expect({ methods, remember, sends: code !== null }).toEqual({
    methods: rules.locked(someone) ? recovery : ['email', ...recovery],
    remember: lasts,
    sends,
  });
  if (!code) return told;
  rules.who(place.who).mail.add({
    id: code.challengeId,
    digits: await world.mailedCode(place.who),
    purpose: 'signIn',
    askedIn: place,
    to: place.who,
    sentAt: rules.now,
  });
  return told;
}

export function hammer(seat: number, key: Key, times: number): Step {
  return step(
    `${times} wrong passwords for ${key} at ${seat}`,
    (rules) => rules.at(seat) === null && rules.who(key).state === 'joined',
    async (rules, world) => {
      for (let i = 0; i < times; i += 1) {
        const guess = { email: emailOf(key), password: `guess ${i}` };
        const { mayTell } = rules.signIn(seat, key, false);
        expect(mayTell).toContain(await toldBy(world.seat(seat).api.open.signIn.withPassword(guess)));
      }
    },
  );
}

/** The same answer several times at once: by auto-submit, by the button, by somebody impatient (S7). */
export function proveByMail(seat: number, choice: Digits, remember: boolean, times: number): Step {
  return step(
    `the ${choice} code at ${seat}${remember ? ', to be remembered' : ''}, ${times} at once`,
    (rules) => holdsCode(rules, seat, 'signIn'),
    async (rules, world) => {
      const { id, digits } = answerOf(rules, seat, 'signIn', choice);
      const { api } = world.seat(seat);
      const answer = { method: 'email' as const, challengeId: id, code: digits, remember };
      if (times === 1) {
        const call = toldBy(api.open.signIn.prove(answer));
        await holds(world, call, () => rules.proveByMail(seat, { id, digits }, remember), 'signedIn');
        return;
      }
      const calls = Array.from({ length: times }, () => toldBy(api.open.signIn.prove(answer)));
      const told = (await Promise.all(calls)).sort();
      const ruled = told.flatMap(() => rules.proveByMail(seat, { id, digits }, remember));
      expect(told).toEqual(ruled.sort());
    },
  );
}

export function proveByRecoveryCode(seat: number, choice: 'unused' | 'nonsense'): Step {
  return step(
    `a recovery code at ${seat}: ${choice}`,
    (rules) => rules.pendingAt(seat) !== null,
    async (rules, world) => {
      const code = recoveryCodeAt(rules, seat, choice);
      const call = toldBy(world.seat(seat).api.open.signIn.prove({ method: 'recoveryCode', code }));
      await holds(world, call, () => rules.proveByRecoveryCode(seat, code), 'signedIn');
    },
  );
}

export function cancel(seat: number): Step {
  return step(
    `give up at ${seat}`,
    (rules) => rules.pendingAt(seat) !== null,
    async (rules, world) => {
      expect(rules.cancel(seat)).toContain(await toldBy(world.seat(seat).api.open.signIn.cancel()));
    },
  );
}

type AskedFor =
  | 'signIn'
  | 'enable'
  | 'policy'
  | 'disable'
  | 'newRecoveryCodes'
  | 'roles'
  | 'resetTwoStep'
  | 'allowlist';

export function ask(seat: number, purpose: AskedFor): Step {
  return step(
    `ask at ${seat} for a code for ${purpose}`,
    (rules) => {
      if (purpose === 'signIn') return rules.pendingAt(seat) !== null;
      const place = rules.sessionAt(seat);
      if (!place || purpose === 'policy') return rules.fullAt(seat) !== null;
      return rules.who(place.who).twoStep === (purpose !== 'enable');
    },
    async (rules, world) => {
      const { open, self, admin } = world.seat(seat).api;
      const calls = {
        signIn: () => open.signIn.sendCode({ method: 'email' }),
        enable: () => self.twoStep.sendEnableCode({ method: 'email' }),
        policy: () => admin.policy.sendCode(),
      };
      const place = rules.at(seat);
      let id = '';
      const asking =
        purpose in calls
          ? calls[purpose as keyof typeof calls]()
          : self.twoStep.sendProofCode({ purpose: purpose as Exclude<AskedFor, keyof typeof calls> });
      const call = toldBy(asking, ({ challengeId }) => {
        id = challengeId;
        return 'done';
      });
      const ruled = () =>
        purpose === 'signIn'
          ? [rules.askAtSignIn(seat)]
          : purpose === 'policy'
            ? rules.askForPolicy(seat)
            : rules.ask(seat, purpose);
      const told = await holds(world, call, ruled, 'codeSent');
      if (told === 'done' && place) rules.sent(place, purpose, { id, digits: await world.mailedCode(place.who) });
    },
  );
}

export function enable(seat: number, choice: Digits): Step {
  return step(
    `enable at ${seat} with the ${choice} code`,
    (rules) => holdsCode(rules, seat, 'enable'),
    async (rules, world) => {
      const { id, digits } = answerOf(rules, seat, 'enable', choice);
      let fresh: readonly string[] = [];
      const enabling = world.seat(seat).api.self.twoStep.enable({ challengeId: id, code: digits });
      const call = toldBy(enabling, ({ recoveryCodes }) => {
        fresh = recoveryCodes;
        return 'done';
      });
      await holds(world, call, () => rules.enable(seat, { id, digits }, fresh), 'twoStepEnabled');
    },
  );
}

export function stepUp(seat: number, act: 'disable' | 'newRecoveryCodes', right: boolean, given: ProofGiven): Step {
  return step(
    `${act} at ${seat}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(given)}`,
    (rules) => rules.fullAt(seat) !== null,
    async (rules, world) => {
      const who = rules.at(seat)?.who;
      const { typed, proof } = proofOf(rules, seat, act, given);
      const currentPassword = who ? world.passwordOf(who, right) : 'nobody is here';
      const { twoStep } = world.seat(seat).api.self;
      let fresh: readonly string[] = [];
      const call =
        act === 'disable'
          ? toldBy(twoStep.disable({ currentPassword, proof }))
          : toldBy(twoStep.newRecoveryCodes({ currentPassword, proof }), ({ recoveryCodes }) => {
              fresh = recoveryCodes;
              return 'done';
            });
      const kind = act === 'disable' ? 'twoStepDisabled' : 'recoveryCodesReplaced';
      await holds(world, call, () => rules.stepUp(seat, act, right, typed, fresh), kind);
    },
  );
}

export function changePassword(seat: number, right: boolean): Step {
  return step(
    `change the password at ${seat}, ${right ? 'right' : 'wrong'} current one`,
    (rules) => rules.sessionAt(seat) !== null,
    async (rules, world) => {
      const who = rules.at(seat)?.who;
      const newPassword = world.freshPassword();
      const currentPassword = who ? world.passwordOf(who, right) : 'nobody is here';
      const change = { currentPassword, newPassword, confirmPassword: newPassword };
      const call = toldBy(world.seat(seat).api.self.password.change(change));
      const told = await holds(world, call, () => rules.changePassword(seat, right), 'passwordChanged');
      if (told === 'done' && who) world.passwords.set(who, newPassword);
    },
  );
}

export function signOut(seat: number): Step {
  return step(
    `sign out at ${seat}`,
    (rules) => rules.sessionAt(seat) !== null,
    async (rules, world) => {
      const call = toldBy(world.seat(seat).api.self.signOut());
      await holds(world, call, () => rules.signOut(seat), 'signedOut');
    },
  );
}

export function keepAlive(seat: number): Step {
  return step(
    `keep the session at ${seat} alive`,
    (rules) => rules.sessionAt(seat) !== null,
    async (rules, world) => {
      expect(rules.keepAlive(seat)).toContain(await toldBy(world.seat(seat).api.self.keepAlive()));
    },
  );
}

export function endOthers(seat: number): Step {
  return step(
    `sign the others out from ${seat}`,
    (rules) => rules.fullAt(seat) !== null,
    async (rules, world) => {
      const call = toldBy(world.seat(seat).api.self.sessions.endOthers());
      await holds(world, call, () => rules.endOthers(seat), 'otherSessionsEnded');
    },
  );
}

/** R26: whoever is there to enrol tries everything else. */
export function tryEverythingElse(seat: number): Step {
  return step(
    `try everything else at ${seat} before enrolling`,
    (rules) => rules.sessionAt(seat)?.scope === 'enrolOnly',
    async (rules, world) => {
      if (rules.sessionAt(seat)?.scope !== 'enrolOnly') return;
      const { self, admin, helpDesk } = world.seat(seat).api;
      const proofs = { currentPassword: 'whatever', proof: { method: 'recoveryCode' as const, code: 'nonsense' } };
      const told = [
        await toldBy(self.sessions.list()),
        await toldBy(self.trustedDevices.list()),
        await toldBy(self.profile.rename({ name: 'Somebody Else' })),
        await toldBy(self.twoStep.newRecoveryCodes(proofs)),
        await toldBy(admin.policy.see()),
        await toldBy(admin.users.signOutEverywhere({ id: world.idOf('mike') })),
        await toldBy(helpDesk.resetTwoStep({ id: world.idOf('mike'), reason: 'None', ...proofs })),
      ];
      expect([...new Set(told)]).toEqual(['enrolFirst']);
      rules.keepAlive(seat);
    },
  );
}
