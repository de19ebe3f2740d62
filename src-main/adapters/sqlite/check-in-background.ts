import { Worker } from 'node:worker_threads';
import { DamagedData } from '../../domain/damaged-data.ts';

/** What the thread is told. */
export interface CheckOrder {
  readonly file: string;
  /** Oldest first. */
  readonly rowKeys: readonly Uint8Array[];
}

/** What it tells. */
export interface Finding {
  readonly place: string;
  readonly detail: string;
}

export interface BackgroundCheck {
  /** The first damage that was found; null when all is whole, or it was stopped. Rejects when it could not be checked. */
  readonly finding: Promise<DamagedData | null>;
  /** Resolves when the database is let go of. */
  stop(): Promise<void>;
}

/** Checks the whole database in a thread of its own, over a connection of its own: what the main loop does goes on. */
export function checkInBackground(order: CheckOrder): BackgroundCheck {
  const worker = new Worker(threadBeside(import.meta.url), { workerData: order, name: 'whole check' });
  worker.unref();
  const finding = new Promise<DamagedData | null>((resolve, reject) => {
    worker.once('message', (found: Finding | null) => resolve(found && new DamagedData(found.place, found.detail)));
    worker.once('error', reject);
    worker.once('exit', () => resolve(null));
  });
  return {
    finding,
    async stop() {
      await worker.terminate();
    },
  };
}

/** The build puts the thread beside whatever this file becomes a part of. */
function threadBeside(here: string): URL {
  return new URL(`./whole-check-thread.${here.endsWith('.ts') ? 'ts' : 'js'}`, here);
}
