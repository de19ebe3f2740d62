import fc from 'fast-check';
import * as seats from './seat-steps.ts';
import type { Command, Digits, ProofGiven, Rules, Step } from './step.ts';
import * as trust from './trust-steps.ts';
import { KEYS, type Key, type Role, type Someone } from './who.ts';
import * as workspace from './workspace-steps.ts';

/** Steps in the order people take them, so that walks get far; those that do not apply are left out. */
export function journey(...steps: readonly Step[]): Step {
  return () => {
    const commands = steps.map((one) => one(false));
    let taken: readonly Command[] = [];
    return {
      check: (rules) => commands.some((command) => command.check(rules)),
      async run(rules, world) {
        taken = [];
        for (const command of commands) {
          if (!command.check(rules)) continue;
          taken = [...taken, command];
          await command.run(rules, world);
        }
      },
      toString: () => `(${taken.map(String).join('; ')})`,
    };
  };
}

/** A step for when somebody else sits there. */
function unless(seat: number, key: Key, one: Step): Step {
  return (anyway) => {
    const command = one(anyway);
    const elsewhere = (rules: Readonly<Rules>) => {
      const place = rules.at(seat);
      return place !== null && place.who !== key;
    };
    return { ...command, check: (rules) => elsewhere(rules) && command.check(rules), toString: () => String(command) };
  };
}

export function getIn(seat: number, key: Key, remember = false): Step {
  return journey(
    unless(seat, key, seats.signOut(seat)),
    unless(seat, key, seats.cancel(seat)),
    seats.signIn(seat, key),
    seats.proveByMail(seat, 'right', remember, 1),
    seats.proveByRecoveryCode(seat, 'unused'),
  );
}

/** Enrolled afterwards, where policy lets them. */
export function switchOn(seat: number, key: Key): Step {
  return journey(getIn(seat, key), seats.ask(seat, 'enable'), seats.enable(seat, 'right'));
}

export function turnPolicy(seat: number, key: Key, turn: workspace.Turn): Step {
  return journey(switchOn(seat, key), seats.ask(seat, 'policy'), workspace.changePolicy(seat, turn, { mail: 'right' }));
}

const seat = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);
const anybody = fc.constantFrom(...KEYS, 'mike' as const, 'olga' as const);
const agent = fc.constantFrom<Key>('olga', 'olga', 'otto', 'anna', 'anna', 'mona', 'hedi');
const manager = fc.constantFrom<Key>('olga', 'otto', 'anna', 'mona');
const role = fc.constantFrom<Role>('owner', 'admin', 'manager', 'helpDesk', 'member');
const right = fc.constantFrom(true, true, true, true, true, false);
const yes = fc.constantFrom(true, true, false);
const digits = fc.constantFrom<Digits>('right', 'right', 'right', 'right', 'wrong', 'foreign');
const times = fc.constantFrom(1, 1, 1, 2, 5);
const guesses = fc.constantFrom(2, 5, 9, 10, 12);
const recovery = fc.constantFrom('unused' as const, 'unused' as const, 'nonsense' as const);
const policyProof = fc.oneof(
  { weight: 3, arbitrary: digits.map((mail) => ({ mail })) },
  { weight: 1, arbitrary: recovery.map((code) => ({ recovery: code })) },
);
const proof = fc.oneof({ weight: 6, arbitrary: policyProof }, { weight: 1, arbitrary: fc.constant<ProofGiven>(null) });
const days = fc.constantFrom(null, 1, 3, 20);
const behind = fc.constantFrom(0, 0, 0, 0, 1);
const limitedTo = fc.constantFrom<Someone['limitedTo']>('nowhere', 'nowhere', 'here', 'here', 'away');
const off = fc.constantFrom<-1 | 0 | 1>(-1, -1, 0, 0, 1);
const pause = fc.constantFrom(30, 60, 60, 60, 300, 600, 899, 900, 3_600, 40_000, 86_400, 200_000);
const purpose = fc.constantFrom(
  ...(['signIn', 'enable', 'policy', 'disable', 'newRecoveryCodes', 'roles', 'resetTwoStep'] as const),
);
const plain = fc.constantFrom(
  ...(['suspend', 'reinstate', 'reinstate', 'unlock', 'unlock', 'signOutEverywhere', 'revokeTrust'] as const),
);

const turn: fc.Arbitrary<workspace.Turn> = fc.oneof(
  fc.constantFrom<workspace.Turn>({ trust: '7d' }, { trust: '1d' }, { trust: '30d' }, { trust: 'session' }),
  fc.record({
    enforcement: fc.constant('required' as const),
    complianceDays: fc.constantFrom(0, 0, 1, 1, 2, 10, -1, 11),
    afterDeadline: fc.constantFrom('enrol' as const, 'enrol' as const, 'block' as const),
  }),
  fc.record({
    enforcement: fc.constant('required' as const),
    complianceDays: fc.constantFrom(0, 1),
    trust: fc.constantFrom('7d' as const, '30d' as const),
  }),
  fc.constantFrom<workspace.Turn>(
    { enforcement: 'optional' },
    { enforcement: 'off' },
    { onEnrol: 'keep' },
    { afterDeadline: 'block' },
    { trust: 'never' },
    { email: 'legacy', enforcement: 'optional' },
    { email: 'blocked', enforcement: 'off' },
    { email: 'blocked' },
    { email: 'allowed' },
    { email: 'allowed', enforcement: 'optional' },
    { requireAdminEnrolled: false },
    { requireAdminEnrolled: false, enforcement: 'required' },
  ),
);

/** The way of an act on somebody that takes an agent's step-up. */
function provenAct(at: number, who: Key, what: 'roles' | 'resetTwoStep' | 'allowlist', act: Step): Step {
  return journey(switchOn(at, who), seats.ask(at, what), act);
}

const STEPS: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 10, arbitrary: fc.tuple(seat, anybody, right).map((args) => seats.signIn(...args)) },
  { weight: 2, arbitrary: fc.tuple(seat, anybody, guesses).map((args) => seats.hammer(...args)) },
  { weight: 8, arbitrary: fc.tuple(seat, digits, yes, times).map((args) => seats.proveByMail(...args)) },
  { weight: 4, arbitrary: fc.tuple(seat, recovery).map((args) => seats.proveByRecoveryCode(...args)) },
  { weight: 1, arbitrary: seat.map(seats.cancel) },
  { weight: 6, arbitrary: fc.tuple(seat, purpose).map((args) => seats.ask(...args)) },
  { weight: 4, arbitrary: fc.tuple(seat, digits).map((args) => seats.enable(...args)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(seat, fc.constantFrom('disable' as const, 'newRecoveryCodes' as const), right, proof)
      .map(([at, act, ...rest]) => journey(seats.ask(at, act), seats.stepUp(at, act, ...rest))),
  },
  { weight: 3, arbitrary: fc.tuple(seat, right).map((args) => seats.changePassword(...args)) },
  { weight: 2, arbitrary: seat.map(seats.signOut) },
  { weight: 1, arbitrary: seat.map(seats.keepAlive) },
  { weight: 1, arbitrary: seat.map(seats.endOthers) },
  { weight: 1, arbitrary: seat.map(trust.revokeOwnTrust) },
  { weight: 4, arbitrary: fc.tuple(seat, seat).map((args) => trust.copyTrust(...args)) },
  { weight: 3, arbitrary: seat.map(seats.tryEverythingElse) },
  { weight: 14, arbitrary: fc.tuple(seat, anybody, yes).map((args) => getIn(...args)) },
  { weight: 8, arbitrary: fc.tuple(seat, anybody).map((args) => switchOn(...args)) },
  { weight: 6, arbitrary: fc.tuple(seat, anybody).map(([at, key]) => getInAgain(at, key)) },
  { weight: 12, arbitrary: fc.tuple(seat, manager, turn).map((args) => turnPolicy(...args)) },
  { weight: 3, arbitrary: fc.tuple(seat, turn, policyProof, behind).map((args) => workspace.changePolicy(...args)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(seat, seat, manager, manager, turn, turn)
      .map(([at, other, key, then, ...turns]) =>
        journey(
          switchOn(at, key),
          switchOn(other, then),
          seats.ask(at, 'policy'),
          seats.ask(other, 'policy'),
          workspace.changePolicyTwice(at, other, ...turns),
        ),
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(seat, manager, anybody, days, policyProof)
      .map(([at, key, ...rest]) => journey(getIn(at, key), seats.ask(at, 'policy'), workspace.grant(at, ...rest))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(seat, manager, anybody, policyProof)
      .map(([at, key, ...rest]) => journey(getIn(at, key), seats.ask(at, 'policy'), workspace.endGrant(at, ...rest))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(seat, agent, role, right, proof)
      .map(([at, key, ...rest]) => provenAct(at, key, 'roles', workspace.add(at, 'ines', ...rest))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(seat, agent, right, proof)
      .map(([at, key, ...rest]) => journey(getIn(at, key), workspace.add(at, 'ines', 'member', ...rest))),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(seat, anybody).map(([at, key]) => workspace.inviteAgain(at, key)),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(seat, right)
      .map(([at, fits]) => journey(seats.signOut(at), seats.cancel(at), workspace.accept(at, 'ines', fits))),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(seat, agent, anybody, role, right, proof)
      .map(([at, key, ...rest]) => provenAct(at, key, 'roles', workspace.changeRole(at, ...rest))),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(seat, agent, anybody, right, proof)
      .map(([at, key, ...rest]) => provenAct(at, key, 'resetTwoStep', workspace.reset(at, ...rest))),
  },
  {
    weight: 10,
    arbitrary: fc
      .tuple(seat, agent, anybody, plain)
      .map(([at, key, ...rest]) => journey(getIn(at, key), workspace.plainAct(at, ...rest))),
  },
  { weight: 2, arbitrary: fc.tuple(seat, anybody, plain).map((args) => workspace.plainAct(...args)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(seat, agent, anybody, limitedTo, yes, right, proof)
      .map(([at, key, ...rest]) => provenAct(at, key, 'allowlist', workspace.setAllowlist(at, ...rest))),
  },
  { weight: 6, arbitrary: pause.map((seconds) => workspace.wait(seconds * 1_000)) },
  { weight: 5, arbitrary: fc.tuple(anybody, off).map((args) => workspace.waitFor(...args)) },
  { weight: 1, arbitrary: fc.constant(workspace.restart) },
];

/** Remembered at one sign-in, then in again without a second step, if nothing came between. */
function getInAgain(at: number, key: Key): Step {
  return journey(getIn(at, key, true), seats.signOut(at), seats.signIn(at, key));
}

const anyway = fc.constantFrom(true, ...Array<boolean>(29).fill(false));
const command = fc.tuple(fc.oneof(...STEPS), anyway).map(([one, taken]) => one(taken));

/** Walks of up to `length` commands, of which some are apt and taken. */
export function walks(length: number): fc.Arbitrary<Iterable<Command>> {
  return fc.commands([command], { maxCommands: length, size: 'max' });
}

/** Before half the walks: an owner with two-step verification requires it of everybody within a day, and trusts computers for a week. */
export const REQUIRED: readonly Command[] = [
  turnPolicy(0, 'olga', { enforcement: 'required', complianceDays: 1, trust: '7d' })(true),
];

/** At the end of every walk, locks and caps outwaited: everybody enrolled still gets in, from where they may. */
export function lastly(): readonly Command[] {
  return [workspace.wait(2 * 86_400_000)(true), ...KEYS.flatMap((key) => [0, 3].map((at) => getIn(at, key)(true)))];
}
