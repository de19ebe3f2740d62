import fc from 'fast-check';
import { OWNER } from '../../support/person.ts';
import * as account from './account-steps.ts';
import * as journeys from './journeys.ts';
import * as recovery from './recovery-steps.ts';
import * as entry from './sign-in-steps.ts';
import type { Command, Digits, ProofGiven, Recovery, Step } from './step.ts';

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
const recoveryCode = fc.constantFrom<Recovery>('unused', 'unused', 'used', 'nonsense');
const purpose = fc.constantFrom(
  ...(['signIn', 'signIn', 'enable', 'disable', 'newRecoveryCodes', 'changeEmail', 'deleteAccount'] as const),
);
const address = fc.constantFrom(OWNER.email, 'ada@new.example', 'ada@third.example');
const knownAddress = fc.constantFrom(
  null,
  null,
  null,
  OWNER.email,
  'ada@new.example',
  'nobody@example.org',
  'nonsense',
);
const name = fc.constantFrom('Ada Owner', 'Ada', 'Åda Öwner');
const proof = fc.oneof(
  digits.map((mail): ProofGiven => ({ mail })),
  recoveryCode.map((code): ProofGiven => ({ recovery: code })),
);
const maybeProof = fc.oneof(fc.constant<ProofGiven>(null), proof);
const oneTime = fc.constantFrom<recovery.OneTimeChoice>(
  'newestReset',
  'newestReset',
  'newestUndo',
  'nonsense',
  1,
  2,
  3,
  4,
);
const newPassword = fc.constantFrom('fit' as const, 'fit' as const, 'fit' as const, 'common' as const);
const guesses = fc.constantFrom(2, 3, 4, 5, 6, 7, 8, 9, 10, 12);
const times = fc.constantFrom(1, 1, 2, 3);
const act = fc.constantFrom('disable' as const, 'newRecoveryCodes' as const);
/** Half a minute and more, in seconds: within half a minute activity need not be written down. */
const pause = fc.constantFrom(30, 30, 60, 60, 60, 60, 240, 300, 600, 840, 900, 1_740, 3_600, 40_000, 86_400);

const STEPS: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 20, arbitrary: fc.tuple(screen, password).map((args) => entry.signIn(...args)) },
  { weight: 2, arbitrary: fc.tuple(screen, guesses).map((args) => entry.hammer(...args)) },
  { weight: 20, arbitrary: fc.tuple(screen, purpose).map((args) => entry.ask(...args)) },
  { weight: 20, arbitrary: fc.tuple(screen, digits, times).map((args) => entry.proveByMail(...args)) },
  { weight: 3, arbitrary: fc.tuple(screen, guesses).map((args) => entry.guessCodes(...args)) },
  { weight: 8, arbitrary: fc.tuple(screen, recoveryCode).map((args) => entry.proveByRecoveryCode(...args)) },
  { weight: 2, arbitrary: fc.tuple(screen, guesses).map((args) => entry.guessRecoveryCodes(...args)) },
  { weight: 2, arbitrary: screen.map(entry.cancel) },
  { weight: 16, arbitrary: fc.tuple(screen, digits).map((args) => account.enable(...args)) },
  { weight: 12, arbitrary: fc.tuple(screen, act, password, proof).map((args) => account.stepUp(...args)) },
  { weight: 2, arbitrary: fc.tuple(screen, password).map((args) => account.changePassword(...args)) },
  { weight: 2, arbitrary: screen.map(account.keepAlive) },
  { weight: 4, arbitrary: screen.map(account.signOut) },
  { weight: 1, arbitrary: screen.map(account.endOthers) },
  { weight: 1, arbitrary: fc.tuple(screen, screen).map((args) => account.endSession(...args)) },
  { weight: 1, arbitrary: fc.tuple(screen, name).map((args) => account.rename(...args)) },
  { weight: 1, arbitrary: fc.tuple(screen, address).map((args) => entry.signInElsewhere(...args)) },
  { weight: 3, arbitrary: fc.tuple(screen, knownAddress).map((args) => recovery.requestReset(...args)) },
  { weight: 5, arbitrary: fc.tuple(screen, oneTime, newPassword, times).map((args) => recovery.finish(...args)) },
  { weight: 1, arbitrary: fc.tuple(screen, oneTime).map((args) => recovery.typeTwoPasswords(...args)) },
  { weight: 4, arbitrary: fc.tuple(screen, address, password).map((args) => recovery.askNewAddress(...args)) },
  {
    weight: 16,
    arbitrary: fc.tuple(screen, password, digits, maybeProof).map((args) => recovery.changeEmail(...args)),
  },
  { weight: 1, arbitrary: fc.tuple(screen, password, maybeProof).map((args) => recovery.deleteAccount(...args)) },
  { weight: 2, arbitrary: screen.map(account.look) },
  { weight: 1, arbitrary: fc.constantFrom(account.setUpAgain, account.restart) },
  { weight: 12, arbitrary: screen.map(journeys.getIn) },
  { weight: 6, arbitrary: screen.map(journeys.switchOn) },
  { weight: 4, arbitrary: fc.tuple(screen, act).map((args) => journeys.stepUp(...args)) },
  { weight: 10, arbitrary: fc.tuple(screen, address).map((args) => journeys.move(...args)) },
  { weight: 3, arbitrary: screen.map(journeys.reset) },
  { weight: 3, arbitrary: fc.tuple(screen, oneTime).map((args) => journeys.stopChange(...args)) },
  { weight: 8, arbitrary: pause.map((seconds) => account.wait(seconds * 1_000)) },
];

const anyway = fc.constantFrom(true, ...Array<boolean>(24).fill(false));
const command = fc.tuple(fc.oneof(...STEPS), anyway).map(([step, taken]) => step(taken));

/** Walks of up to `length` steps, of which about half are apt and taken. */
export function walks(length: number): fc.Arbitrary<Iterable<Command>> {
  return fc.commands([command], { maxCommands: length, size: 'max' });
}

/** Half the walks begin with two-step verification active. */
export const PRELUDE: readonly Command[] = [entry.ask(0, 'enable')(true), account.enable(0, 'right')(true)];
