import { setImmediate } from 'node:timers/promises';
import { type Duration, MINUTE, SECOND } from '../domain/values.ts';
import type { Deps } from '../ports/deps.ts';
import { OUTBOX_TOPIC } from '../use-cases/delivery/enqueue-letter.ts';
import { JOBS_TOPIC, runJobs } from '../use-cases/jobs/run-jobs.ts';

const WHILE_LETTERS_LEAVE: Duration = SECOND;

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
        await setImmediate(); // whoever calls comes between two pieces
        ran = await runJobs(deps);
      }
      if (ran === 'waiting') again(WHILE_LETTERS_LEAVE);
    } catch (error) {
      if (stopping.signal.aborted) return;
      deps.log.error({ error }, 'Long work could not go on');
      again(MINUTE);
    }
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
