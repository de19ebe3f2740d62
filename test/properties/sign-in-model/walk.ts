import fc from 'fast-check';
import * as account from './account-steps.ts';
import * as entry from './sign-in-steps.ts';
import type { Command, Digits, Recovery, Step } from './step.ts';
import type { Purpose } from './words.ts';

/** Mostly the first screen, so that walks get somewhere. */
const screen = fc.constantFrom(0, 0, 0, 1, 1, 2);
const password = fc.constantFrom(true, true, true, true, false);
const digits = fc.constantFrom<Digits>(
  'right',
  'right',
  'right',
  'right',
  'wrong',
  'otherWrong',
  'nonsense',
  'foreign',
);
const recovery = fc.constantFrom<Recovery>('unused', 'unused', 'used', 'nonsense');
const purpose = fc.constantFrom<Purpose>('signIn', 'enable', 'disable', 'newRecoveryCodes');
const proof = fc.oneof(
  digits.map((mail): account.ProofChoice => ({ mail })),
  recovery.map((code): account.ProofChoice => ({ recovery: code })),
);
const guesses = fc.constantFrom(2, 3, 4, 5, 6, 7, 8, 9, 10, 12);
const times = fc.constantFrom(1, 1, 2, 3);
const act = fc.constantFrom('disable' as const, 'newRecoveryCodes' as const);
/** Half a minute and more, in seconds: within half a minute activity need not be written down. */
const pause = fc.constantFrom(30, 30, 60, 60, 60, 60, 240, 300, 600, 840, 900, 3_600, 40_000);

const STEPS: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 20, arbitrary: fc.tuple(screen, password).map((args) => entry.signIn(...args)) },
  { weight: 3, arbitrary: fc.tuple(screen, guesses).map((args) => entry.hammer(...args)) },
  { weight: 20, arbitrary: fc.tuple(screen, purpose).map((args) => entry.ask(...args)) },
  { weight: 20, arbitrary: fc.tuple(screen, digits, times).map((args) => entry.proveByMail(...args)) },
  { weight: 3, arbitrary: fc.tuple(screen, guesses).map((args) => entry.guessCodes(...args)) },
  { weight: 8, arbitrary: fc.tuple(screen, recovery).map((args) => entry.proveByRecoveryCode(...args)) },
  { weight: 2, arbitrary: fc.tuple(screen, guesses).map((args) => entry.guessRecoveryCodes(...args)) },
  { weight: 2, arbitrary: screen.map(entry.cancel) },
  { weight: 16, arbitrary: fc.tuple(screen, digits).map((args) => account.enable(...args)) },
  { weight: 12, arbitrary: fc.tuple(screen, act, password, proof).map((args) => account.stepUp(...args)) },
  { weight: 2, arbitrary: fc.tuple(screen, password).map((args) => account.changePassword(...args)) },
  { weight: 2, arbitrary: screen.map(account.keepAlive) },
  { weight: 4, arbitrary: screen.map(account.signOut) },
  { weight: 1, arbitrary: screen.map(account.endOthers) },
  { weight: 2, arbitrary: screen.map(account.look) },
  { weight: 1, arbitrary: fc.constantFrom(account.setUpAgain, account.restart) },
  { weight: 6, arbitrary: pause.map((seconds) => account.wait(seconds * 1_000)) },
];

const anyway = fc.constantFrom(true, ...Array<boolean>(24).fill(false));
const command = fc.tuple(fc.oneof(...STEPS), anyway).map(([step, taken]) => step(taken));

/** Walks of up to `length` steps, of which about half are apt and taken. */
export function walks(length: number): fc.Arbitrary<Iterable<Command>> {
  return fc.commands([command], { maxCommands: length, size: 'max' });
}

/** Half the walks begin with two-step verification active. */
export const PRELUDE: readonly Command[] = [entry.ask(0, 'enable')(true), account.enable(0, 'right')(true)];
