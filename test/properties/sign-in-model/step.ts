import type fc from 'fast-check';
import { expect } from 'vitest';
import type { Rules } from './rules.ts';
import type { Purpose } from './words.ts';
import type { World } from './world.ts';

export type Command = fc.AsyncCommand<Rules, World>;
/** Whether a step leads anywhere in this state. */
export type Apt = (rules: Readonly<Rules>) => boolean;
/** A step that is not apt is left out, so that walks get somewhere; now and then it is taken `anyway`. */
export type Step = (anyway: boolean) => Command;

/** One step: what is done to the product, what the rules say of it; then all screens, letters and counters must agree. */
export function step(name: string, apt: Apt, run: (rules: Rules, world: World) => Promise<void>): Step {
  return (anyway) => ({
    check: (rules) => anyway || apt(rules),
    async run(rules, world) {
      rules.steps += 1;
      rules.letters = [];
      await run(rules, world);
      expect((await world.lettersSince()).sort()).toEqual(rules.letters.sort());
      await everythingAgrees(rules, world);
    },
    toString: () => name,
  });
}

export const always: Apt = () => true;

export function inSession(at: number): Apt {
  return (rules) => rules.sessionAt(at) !== null;
}

export function inSecondStep(at: number): Apt {
  return (rules) => rules.pendingAt(at) !== null;
}

/** Whether somebody at this screen holds a code for this purpose that still counts. */
export function holdsCode(rules: Readonly<Rules>, at: number, purpose: Purpose): boolean {
  return rules.codes.some((code) => code.open && code.purpose === purpose && code.askedIn === rules.at(at));
}

async function everythingAgrees(rules: Rules, world: World): Promise<void> {
  const stages = await Promise.all(world.screens.map(async ({ api }) => (await api.open.welcome()).stage));
  expect(stages).toEqual(rules.stages());
  const account = await world.engine.read((tx) => tx.accounts.findByEmailKey(rules.email));
  expect(account?.throttle.failures).toBe(rules.failures);
  expect(Math.max(account?.throttle.lockedUntil ?? 0, rules.now)).toBe(rules.lockedUntil ?? rules.now);
}

/** What somebody may type for a mailed code: the right one, a wrong one, nonsense, one meant for something else. */
export type Digits = 'right' | 'wrong' | 'otherWrong' | 'nonsense' | 'foreign';
/** What somebody may type for a recovery code. */
export type Recovery = 'unused' | 'used' | 'nonsense';

/** The newest code asked for at this screen for this purpose, answered as chosen; one from elsewhere, or none, else. */
export function answerOf(rules: Rules, at: number, purpose: Purpose, choice: Digits): { id: string; digits: string } {
  const place = rules.places[at];
  const own = rules.codes.findLast((code) => code.askedIn === place && code.purpose === purpose);
  const other = rules.codes.findLast((code) => code.askedIn !== place || code.purpose !== purpose);
  const chosen = choice === 'foreign' ? other : (own ?? other);
  if (!chosen) return { id: 'none', digits: '000000' };
  const { id, digits } = chosen;
  return { id, digits: choice === 'right' || choice === 'foreign' ? digits : wrongFor(digits, choice) };
}

function wrongFor(digits: string, choice: Digits): string {
  if (choice === 'nonsense') return 'nonsense';
  const wrong = choice === 'wrong' ? '111111' : '222222';
  return wrong === digits ? '333333' : wrong;
}

export function recoveryCodeOf(rules: Rules, choice: Recovery): string {
  const [unused] = rules.recoveryCodes;
  const used = rules.everShown.find((code) => !rules.recoveryCodes.has(code));
  return (choice === 'unused' ? unused : choice === 'used' ? used : null) ?? 'nonsense';
}

/** What somebody brings as the second half of a step-up. */
export type ProofGiven = { readonly mail: Digits } | { readonly recovery: Recovery } | null;
type ActProven = 'disable' | 'newRecoveryCodes' | 'changeEmail' | 'deleteAccount';

/** Whether there is any sense in it: a proof where one is asked for, none where none is. */
export function proofAtHand(rules: Readonly<Rules>, at: number, act: ActProven, given: ProofGiven): boolean {
  if (rules.sessionAt(at) === null || rules.twoStep !== (given !== null)) return false;
  return given === null || 'recovery' in given || holdsCode(rules, at, act);
}

/** A proof as the rules take it and as the product does. */
export function proofOf(rules: Rules, at: number, act: ActProven, given: ProofGiven) {
  if (given === null) return { typed: null, proof: null };
  if ('recovery' in given) {
    const code = recoveryCodeOf(rules, given.recovery);
    return { typed: { recoveryCode: code }, proof: { method: 'recoveryCode' as const, code } };
  }
  const { id, digits } = answerOf(rules, at, act, given.mail);
  return { typed: { id, digits }, proof: { method: 'email' as const, challengeId: id, code: digits } };
}
