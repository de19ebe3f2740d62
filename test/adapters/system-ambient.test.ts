import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inProcessBell, systemClock, systemRandom } from '../../src-main/adapters/system-ambient.ts';
import { DAY, type Instant, SECOND } from '../../src-main/domain/values.ts';

describe('the clock', () => {
  const START = Date.UTC(2026, 10, 22);

  test('S37 says what the system says until the system is set back, and then stands still', () => {
    let system: Instant = START;
    const clock = systemClock(
      () => system,
      () => 0,
    );
    const seen = [0, 5, -3, 5 - DAY, 7].map((move) => {
      system = START + move;
      return clock.now() - START;
    });
    expect(seen).toEqual([0, 5, 5, 5, 7]);
  });

  test('S37 set back by more than a day it goes on at the pace of the run, so that codes end and locks open', () => {
    let system: Instant = START;
    let running = 1_000.25;
    const clock = systemClock(
      () => system,
      () => running,
    );
    clock.now();
    system = START - 2 * DAY;
    const seen = [0, 0.5, 0.5, 1.75, 60_000].map((passes) => {
      running += passes;
      return clock.now() - START;
    });
    expect(seen).toEqual([0, 0, 1, 2, 60_002]);
    expect(clock.isWrong()).toBe(true);
  });

  test.each([
    ['at a start after 60 days', 60 * DAY, 0, false],
    ['at a start after more', 60 * DAY + 1, 0, true],
    ['within a run after a week asleep', 0, 7 * DAY, false],
    ['within a run by more than that', 0, 7 * DAY + 1, true],
    ['within a run set back', 0, -365 * DAY, false],
  ])('S37 time that leapt ahead %s is doubted: %4$s', (_, unopened, leap, doubted) => {
    let system: Instant = START;
    const clock = systemClock(
      () => system,
      () => 0,
    );
    clock.now();
    clock.raise(START - unopened);
    system += leap;
    clock.now();
    expect(clock.isDoubted()).toBe(doubted);
    clock.accept(clock.claimed());
    expect([clock.isDoubted(), clock.isWrong(), clock.now()]).toEqual([false, false, system]);
  });

  test('S37 a run of months is no leap, and a workspace that is new has none behind it', () => {
    let system: Instant = START;
    const clock = systemClock(
      () => system,
      () => system,
    );
    clock.raise(0);
    for (let days = 0; days < 90; days += 6) {
      system += 6 * DAY;
      clock.now();
    }
    system += 100 * DAY;
    clock.now();
    expect(clock.isDoubted()).toBe(false);
  });

  test('S37 never runs back, whatever the system clock and the mark do', () => {
    const move = fc.record({ system: fc.nat(), mark: fc.option(fc.nat()) });
    fc.assert(
      fc.property(fc.array(move), (moves) => {
        let system = 0;
        const clock = systemClock(() => system);
        let last = clock.now();
        for (const each of moves) {
          system = each.system;
          if (each.mark !== null) clock.raise(each.mark);
          const now = clock.now();
          expect(now).toBeGreaterThanOrEqual(Math.max(last, each.system, each.mark ?? 0));
          last = now;
        }
      }),
    );
  });

  test('S37 is wrong only when more than a day behind the mark', () => {
    const wrong = [0, DAY, DAY + 1, DAY + SECOND].map((ahead) => {
      const clock = systemClock(() => START);
      clock.raise(START + ahead);
      return clock.isWrong();
    });
    expect(wrong).toEqual([false, false, true, true]);
  });

  test('gives whole milliseconds', () => {
    expect(systemClock(() => 1234.75).now()).toBe(1234);
    expect(Number.isInteger(systemClock().now())).toBe(true);
  });
});

describe('chance', () => {
  /** Sum of (observed − expected)² / expected over `bins` equal bins. */
  function chiSquare(draws: readonly number[], bins: number): number {
    const counts = new Array<number>(bins).fill(0);
    for (const draw of draws) counts[draw] = (counts[draw] ?? 0) + 1;
    const expected = draws.length / bins;
    return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  }

  test.each([2, 10, 32, 97])('S29 below %i is uniform', (bound) => {
    const draws = Array.from({ length: 100_000 }, () => systemRandom.below(bound));
    // Mean bound−1, deviation √(2(bound−1)); ten deviations off would not be seen in a lifetime of runs.
    expect(chiSquare(draws, bound)).toBeLessThan(bound - 1 + 10 * Math.sqrt(2 * (bound - 1)));
    expect(Math.min(...draws)).toBe(0);
    expect(Math.max(...draws)).toBe(bound - 1);
  });

  test('S29 below stays in bounds, 1 included, and refuses what is no bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (bound) => {
        const draw = systemRandom.below(bound);
        expect(Number.isInteger(draw) && draw >= 0 && draw < bound).toBe(true);
      }),
    );
    for (const bad of [0, -1, 1.5, Number.NaN]) expect(() => systemRandom.below(bad)).toThrow();
  });

  test('tokens have 256 bits, ids 128, and none comes twice', () => {
    const tokens = Array.from({ length: 1_000 }, () => systemRandom.token());
    const ids = Array.from({ length: 1_000 }, () => systemRandom.id());
    expect(tokens.every((token) => /^[\w-]{43}$/.test(token))).toBe(true);
    expect(ids.every((id) => /^[\w-]{22}$/.test(id))).toBe(true);
    expect(new Set([...tokens, ...ids]).size).toBe(2_000);
    expect(systemRandom.bytes(33)).toHaveLength(33);
  });
});

describe('the bell', () => {
  async function hear(rings: AsyncIterable<void>, atMost = Number.POSITIVE_INFINITY): Promise<number> {
    let heard = 0;
    if (atMost === 0) return heard;
    for await (const _ of rings) {
      heard += 1;
      if (heard === atMost) break;
    }
    return heard;
  }

  test('no ring is lost before the first look or between two', async () => {
    const bell = inProcessBell();
    const rings = bell.listen('a', new AbortController().signal)[Symbol.asyncIterator]();
    bell.ring('a');
    bell.ring('a');
    await rings.next();
    bell.ring('a');
    expect([await rings.next(), await rings.next()]).toEqual([
      { done: false, value: undefined },
      { done: false, value: undefined },
    ]);
  });

  test('a ring wakes who waits, once for each listener, and no other topic', async () => {
    const bell = inProcessBell();
    const stop = new AbortController();
    const [one, two, other] = ['a', 'a', 'b'].map((topic) => hear(bell.listen(topic, stop.signal)));
    await Promise.resolve();
    bell.ring('a');
    bell.ring('a');
    await new Promise(setImmediate);
    stop.abort();
    expect(await Promise.all([one, two, other])).toEqual([2, 2, 0]);
  });

  test('stopping ends a wait, and a listener that begins after it hears nothing', async () => {
    const bell = inProcessBell();
    const stop = new AbortController();
    const waiting = hear(bell.listen('a', stop.signal));
    stop.abort();
    bell.ring('a');
    expect([await waiting, await hear(bell.listen('a', stop.signal))]).toEqual([0, 0]);
  });

  test('a listener that leaves early or is stopped is forgotten', async () => {
    const bell = inProcessBell();
    let handlers = 0;
    const counting = {
      aborted: false,
      addEventListener: () => {
        handlers += 1;
      },
    };
    const rings = bell.listen('a', counting);
    bell.ring('a');
    expect(await hear(rings, 1)).toBe(1);
    bell.ring('a');
    expect(await hear(rings)).toBe(0);
    expect(handlers).toBe(1);
  });
});
