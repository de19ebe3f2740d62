import { randomBytes, randomInt } from 'node:crypto';
import { DAY, type Instant } from '../domain/values.ts';
import type { Bell, Clock, Random, StopSignal } from '../ports/ambient.ts';

/**
 * The computer's clock under a high-water mark (SECURITY, "Clock"; S37). What `now` has once said is a mark
 * too, so that within a run time never goes back.
 * @param systemNow the computer's own clock, in milliseconds since the epoch
 */
export function systemClock(systemNow: () => Instant = Date.now): Clock {
  let mark: Instant = 0;
  return {
    now() {
      mark = Math.max(mark, Math.floor(systemNow()));
      return mark;
    },
    raise(at) {
      mark = Math.max(mark, at);
    },
    isWrong: () => systemNow() < mark - DAY,
  };
}

/** The operating system's CSPRNG (S29). */
export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  below: (bound) => (bound === 1 ? 0 : randomInt(bound)), // randomInt rejects what would bias the remainder
  token: () => randomBytes(32).toString('base64url'),
  id: () => randomBytes(16).toString('base64url'),
};

/** A bell within this process. */
export function inProcessBell(): Bell {
  const listeners = new Map<string, Set<() => void>>();
  return {
    ring(topic) {
      for (const hear of listeners.get(topic) ?? []) hear();
    },
    listen: (topic, signal) => listenTo(listeners, topic, signal),
  };
}

/** Counts rings from the moment of the call, not of the first `next`, so that none falls between two awaits. */
function listenTo(listeners: Map<string, Set<() => void>>, topic: string, signal: StopSignal): AsyncIterable<void> {
  let heard = 0;
  let stopped = false;
  let wake = () => {};
  const hear = () => {
    heard += 1;
    wake();
  };
  const stop = () => {
    stopped = true;
    const others = listeners.get(topic);
    others?.delete(hear);
    if (others?.size === 0) listeners.delete(topic);
    wake();
  };
  if (signal.aborted) stop();
  else {
    listeners.set(topic, (listeners.get(topic) ?? new Set()).add(hear));
    signal.addEventListener('abort', stop, { once: true });
  }
  return {
    async *[Symbol.asyncIterator]() {
      try {
        while (!stopped) {
          if (heard === 0) await new Promise<void>((resolve) => (wake = resolve));
          if (stopped) return;
          heard -= 1;
          yield;
        }
      } finally {
        stop();
      }
    },
  };
}
