import type { Deps } from '../ports/deps.ts';
import { acceptClock } from '../use-cases/clock/accept-clock.ts';
import { stepUp } from './inputs.ts';
import { owner, router } from './trpc.ts';

/** What a person is to know of the clock: `wrong` while an owner has something to accept (S37). */
export function stateOfClock({ clock }: Pick<Deps, 'clock'>): 'right' | 'wrong' {
  return clock.isWrong() || clock.isDoubted() ? 'wrong' : 'right';
}

/** The clock of this computer, as the engine takes it (S37). */
export const clockRouter = router({
  accept: owner.input(stepUp).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    carrier.setSession(await acceptClock(deps, actor, input));
    return {};
  }),
});
