import { HOUR } from '../domain/values.ts';
import type { Deps } from '../ports/deps.ts';

/** Clears sessions, pending sign-ins and challenges past their end away: at start and every hour. */
export function startSweeping({ store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>): { stop(): void } {
  const sweep = () => {
    store
      .transaction((tx) => tx.sessions.sweep(clock.now()))
      .catch((error) => log.error({ error }, 'What is over could not be cleared away'));
  };
  sweep();
  const timer = setInterval(sweep, HOUR);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
