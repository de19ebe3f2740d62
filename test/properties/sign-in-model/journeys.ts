import * as account from './account-steps.ts';
import * as recovery from './recovery-steps.ts';
import * as entry from './sign-in-steps.ts';
import type { Command, Step } from './step.ts';

/** Steps in the order a person takes them, so that walks get far; those that do not apply are left out. */
function journey(...steps: readonly Step[]): Step {
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

export function getIn(at: number): Step {
  return journey(entry.signIn(at, true), entry.proveByMail(at, 'right', 1), entry.proveByRecoveryCode(at, 'unused'));
}

export function switchOn(at: number): Step {
  return journey(getIn(at), entry.ask(at, 'enable'), account.enable(at, 'right'));
}

export function stepUp(at: number, act: 'disable' | 'newRecoveryCodes'): Step {
  return journey(getIn(at), entry.ask(at, act), account.stepUp(at, act, true, { mail: 'right' }));
}

/** By a mailed proof, or a recovery code where the mailbox does not count; without one where none is needed. */
export function move(at: number, address: string): Step {
  return journey(
    getIn(at),
    recovery.askNewAddress(at, address, true),
    entry.ask(at, 'changeEmail'),
    recovery.changeEmail(at, true, 'right', null),
    recovery.changeEmail(at, true, 'right', { mail: 'right' }),
    recovery.changeEmail(at, true, 'right', { recovery: 'unused' }),
  );
}

export function reset(at: number): Step {
  return journey(recovery.requestReset(at, null), recovery.finish(at, 'newestReset', 'fit', 1), getIn(at));
}

export function stopChange(at: number, choice: recovery.OneTimeChoice): Step {
  return journey(recovery.finish(at, choice, 'fit', 1), getIn(at));
}
