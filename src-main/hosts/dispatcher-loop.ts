import type { Duration, Instant } from '../domain/values.ts';
import { MINUTE, SECOND } from '../domain/values.ts';
import { type DispatchDeps, dispatchLetters } from '../use-cases/delivery/dispatch-letters.ts';
import { OUTBOX_TOPIC } from '../use-cases/delivery/enqueue-letter.ts';

const SOONEST: Duration = SECOND; // what is due but under way elsewhere must not make it spin
const LATEST: Duration = 10 * MINUTE; // also a timer's guard against a clock that is set back

export interface DispatcherLoop {
  /** Sends no more; resolves when what was under way is recorded. */
  stop(): Promise<void>;
}

/**
 * Keeps the outbox moving: dispatches at start (letters of an earlier run), whenever the bell rings `outbox`,
 * and when the next retry is due (R51). Rounds may overlap, so a letter that hangs holds nobody up.
 */
export function startDispatcherLoop(deps: DispatchDeps): DispatcherLoop {
  const stopping = new AbortController();
  const rounds = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  function startRound(): void {
    if (stopping.signal.aborted) return;
    const round = runRound().finally(() => rounds.delete(round));
    rounds.add(round);
  }

  async function runRound(): Promise<void> {
    let next: Instant | null;
    try {
      await dispatchLetters({ ...deps, stop: stopping.signal });
      next = await deps.store.read((tx) => tx.outbox.nextDue());
    } catch (error) {
      if (stopping.signal.aborted) return;
      deps.log.error({ error }, 'Letters could not be dispatched');
      next = deps.clock.now() + MINUTE;
    }
    clearTimeout(timer);
    if (next === null || stopping.signal.aborted) return;
    timer = setTimeout(startRound, Math.min(Math.max(next - deps.clock.now(), SOONEST), LATEST));
    timer.unref();
  }

  async function listen(): Promise<void> {
    for await (const _ of deps.bell.listen(OUTBOX_TOPIC, stopping.signal)) startRound();
  }

  const listening = listen();
  startRound();
  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all([listening, ...rounds]);
    },
  };
}
