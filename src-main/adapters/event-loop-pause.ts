import type { Pause } from '../ports/deps.ts';

/** Pauses by going round the event loop once. `stop` makes every later pause fail, so that long work ends with the app. */
export function eventLoopPause(): Pause & { stop(): void } {
  let stopped = false;
  return {
    async breathe() {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (stopped) throw new Error('The app is closing.');
    },
    stop() {
      stopped = true;
    },
  };
}
