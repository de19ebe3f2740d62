import { randomBytes, randomInt } from 'node:crypto';
import { DAY, type Duration, type Instant } from '../domain/values.ts';
import type { Bell, Clock, Random, StopSignal } from '../ports/ambient.ts';

/** Longer than any computer of a workspace is left off. */
const UNOPENED: Duration = 60 * DAY;
/** Longer than one sleeps while the app is open; what measures a run's time may stand still meanwhile. */
const ASLEEP: Duration = 7 * DAY;

/**
 * The computer's clock under a high-water mark (SECURITY, "Clock"; S37). What `now` has once said is a mark too, so that
 * within a run time never goes back. A clock less than a day behind the mark stands still until it is past it; one further
 * behind goes on from the mark at the pace of the run, so that codes end and locks open all the same.
 * @param systemNow the computer's own clock, in milliseconds since the epoch
 * @param running milliseconds since some moment, at a steady pace that nobody sets
 */
export function systemClock(
  systemNow: () => Instant = Date.now,
  running: () => Duration = () => performance.now(),
): Clock {
  let mark: Instant = 0;
  let doubted = false;
  let raised = false;
  let seen: { readonly system: Instant; readonly running: Duration } | null = null;

  return {
    now() {
      const system = Math.floor(systemNow());
      const passed = seen ? Math.max(0, Math.floor(running() - seen.running)) : 0;
      if (seen && system - seen.system - passed > ASLEEP) doubted = true;
      mark = system < mark - DAY ? mark + passed : Math.max(mark, system);
      // What is left of a millisecond counts with the next reading.
      seen = { system, running: seen ? seen.running + passed : running() };
      return mark;
    },
    raise(at) {
      if (!raised && at > 0 && systemNow() - at > UNOPENED) doubted = true;
      raised = true;
      mark = Math.max(mark, at);
    },
    isWrong: () => systemNow() < mark - DAY,
    isDoubted: () => doubted,
    doubt() {
      doubted = true;
    },
    claimed: () => Math.floor(systemNow()),
    accept(at) {
      mark = at;
      doubted = false;
      seen = null;
    },
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
