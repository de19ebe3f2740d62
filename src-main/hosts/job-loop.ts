import { setImmediate } from 'node:timers/promises';
import { type Duration, type Instant, MINUTE, SECOND } from '../domain/values.ts';
import type { Deps } from '../ports/deps.ts';
import { OUTBOX_TOPIC } from '../use-cases/delivery/enqueue-letter.ts';
import { PROGRESS_TOPIC } from '../use-cases/jobs/job-progress.ts';
import { JOBS_TOPIC, runJobs } from '../use-cases/jobs/run-jobs.ts';

const WHILE_LETTERS_LEAVE: Duration = SECOND;
/** A piece takes milliseconds; whoever watches sees no more than this, and is not asked to look at each. */
const PROGRESS_EVERY: Duration = 500;

export interface JobLoop {
  /** Begins no further piece; resolves when the one under way is committed. */
  stop(): Promise<void>;
}

/** Goes on with long work: at start (what an earlier run left), when the bell rings `jobs`, and as letters leave. */
export function startJobLoop(deps: Pick<Deps, 'store' | 'clock' | 'vault' | 'random' | 'bell' | 'log'>): JobLoop {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let rungMeanwhile = false;
  let timer: NodeJS.Timeout | undefined;
  let toldAt: Instant | null = null;

  function wake(): void {
    rungMeanwhile = running !== null;
    if (running || stopping.signal.aborted) return;
    clearTimeout(timer);
    running = work().finally(() => {
      running = null;
      if (rungMeanwhile) wake();
    });
  }

  async function work(): Promise<void> {
    try {
      let ran = await runJobs(deps);
      while (ran === 'worked' && !stopping.signal.aborted) {
        deps.bell.ring(OUTBOX_TOPIC);
        tell(PROGRESS_EVERY);
        await setImmediate(); // whoever calls comes between two pieces
        ran = await runJobs(deps);
        if (ran !== 'worked') tell(0);
      }
      if (ran === 'waiting') again(WHILE_LETTERS_LEAVE);
    } catch (error) {
      if (stopping.signal.aborted) return;
      deps.log.error({ error }, 'Long work could not go on');
      again(MINUTE);
    }
  }

  /** Long work came further: told now, unless it was a moment ago. */
  function tell(every: Duration): void {
    const now = deps.clock.now();
    if (toldAt !== null && now - toldAt < every) return;
    toldAt = now;
    deps.bell.ring(PROGRESS_TOPIC);
  }

  function again(after: Duration): void {
    if (stopping.signal.aborted) return;
    timer = setTimeout(wake, after);
    timer.unref();
  }

  async function listen(): Promise<void> {
    for await (const _ of deps.bell.listen(JOBS_TOPIC, stopping.signal)) wake();
  }

  const listening = listen();
  wake();
  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all([listening, running]);
    },
  };
}
