import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Throttle } from '../../src-main/domain/account.ts';
import { countFailure, isLocked, mayWeighPassword, NO_FAILURES, takeBack } from '../../src-main/domain/lockout.ts';
import { HOUR, MINUTE, SECOND } from '../../src-main/domain/values.ts';

const T0 = Date.UTC(2026, 5, 1);

/** What may befall an account: a password or a code is answered, time passes, somebody signs in fully. */
type Step = 'wrongPassword' | 'rightPassword' | 'wrongCode' | 'signedIn' | { readonly wait: number };
const wait = fc
  .constantFrom(1, 100, SECOND, MINUTE, 14 * MINUTE, 15 * MINUTE - 1, 15 * MINUTE, 15 * MINUTE + 1, 30 * MINUTE, HOUR)
  .map((by) => ({ wait: by }));
const answer = fc.constantFrom<Step>('wrongPassword', 'rightPassword', 'wrongCode');
const steps = (signIns: boolean) =>
  fc.array(
    fc.oneof(
      { arbitrary: answer, weight: 12 },
      { arbitrary: wait, weight: 2 },
      { arbitrary: fc.constant<Step>('signedIn'), weight: signIns ? 1 : 0 },
    ),
    { minLength: 1, maxLength: 120 },
  );

interface Moment {
  readonly now: number;
  readonly throttle: Throttle;
  /** What was weighed in this step, if anything. */
  readonly weighed: Step | null;
  readonly step: Step;
}

/** Plays the steps as the use-cases do: a password is counted first and taken back when right; a locked account weighs no code. */
function play(story: readonly Step[]): Moment[] {
  let now = T0;
  let throttle = NO_FAILURES;
  return story.map((step) => {
    let weighed: Step | null = null;
    if (typeof step === 'object') now += step.wait;
    else if (step === 'signedIn') throttle = NO_FAILURES;
    else if (step === 'wrongCode') {
      if (!isLocked(throttle, now)) {
        throttle = countFailure(throttle, now);
        weighed = step;
      }
    } else if (mayWeighPassword(throttle, now)) {
      const reserved = countFailure(throttle, now);
      throttle = step === 'wrongPassword' ? reserved : takeBack(reserved, throttle, reserved);
      weighed = step;
    }
    return { now, throttle, weighed, step };
  });
}

test('R42 S11 failures never fall without a full sign-in, and never rise by more than one', () => {
  fc.assert(
    fc.property(steps(true), (story) => {
      let before = 0;
      for (const { throttle, step } of play(story)) {
        if (step === 'signedIn') expect(throttle).toEqual(NO_FAILURES);
        else expect([before, before + 1]).toContain(throttle.failures);
        before = throttle.failures;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('R42 S13 a lock always ends: within an hour, at the instant it names, and hammering never moves that instant', () => {
  fc.assert(
    fc.property(steps(false), (story) => {
      let before = NO_FAILURES;
      for (const { throttle, now } of play(story)) {
        if (isLocked(throttle, now)) {
          expect(throttle.lockedUntil - now).toBeLessThanOrEqual(HOUR);
          expect(isLocked(throttle, throttle.lockedUntil)).toBe(false);
          expect(mayWeighPassword(throttle, throttle.lockedUntil)).toBe(true);
          if (isLocked(before, now)) expect(throttle.lockedUntil).toBe(before.lockedUntil);
          else expect(throttle.failures % 10).toBe(0);
        }
        before = throttle;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('R42 S10 between two locks ten wrong answers are weighed, within one lock ten wrong passwords, in any quarter of an hour thirty', () => {
  fc.assert(
    fc.property(steps(false), (story) => {
      const wrongs: number[] = [];
      let sinceLock = 0;
      let inLock = 0;
      let before: Moment | null = null;
      for (const moment of play(story)) {
        const lockedAlready = before !== null && isLocked(before.throttle, moment.now);
        if (before && moment.throttle.lockedUntil !== before.throttle.lockedUntil) inLock = 0;
        if (moment.weighed === 'wrongPassword' || moment.weighed === 'wrongCode') {
          wrongs.push(moment.now);
          if (lockedAlready) inLock += 1;
          else sinceLock += 1;
        }
        if (!lockedAlready && isLocked(moment.throttle, moment.now)) {
          expect(sinceLock).toBe(10);
          sinceLock = 0;
        }
        expect(inLock).toBeLessThanOrEqual(10);
        before = moment;
      }
      for (const from of wrongs) {
        expect(wrongs.filter((at) => at >= from && at < from + 15 * MINUTE).length).toBeLessThanOrEqual(30);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('S10 taking back a count at once leaves what matters as it was, in whatever state the account is', () => {
  fc.assert(
    fc.property(steps(true), fc.nat(2 * HOUR), (story, later) => {
      const last = play(story).at(-1);
      const { throttle, now } = { throttle: last?.throttle ?? NO_FAILURES, now: (last?.now ?? T0) + later };
      const reserved = countFailure(throttle, now);
      const after = takeBack(reserved, throttle, reserved);
      expect(after.failures).toBe(throttle.failures);
      for (const at of [now, throttle.lockedUntil - 1, throttle.lockedUntil, throttle.lockedUntil + 1]) {
        if (at < now) continue;
        expect(isLocked(after, at)).toBe(isLocked(throttle, at));
        expect(mayWeighPassword(after, at)).toBe(mayWeighPassword(throttle, at));
      }
      expect(countFailure(after, now)).toEqual(countFailure(throttle, now));
    }),
    { numRuns: 5_000 },
  );
});

/**
 * Answers under way at the same time: each is counted when it begins and, when right, taken back when it is weighed;
 * in between come others. `order` says who goes next: the first time it begins, the second time it is weighed.
 */
function interleave(start: Throttle, answers: readonly boolean[], order: readonly number[]) {
  let throttle = start;
  let wrong = 0;
  const begun = new Map<number, { before: Throttle; reserved: Throttle } | null>();
  for (const who of order) {
    const reservation = begun.get(who);
    if (reservation === undefined) {
      const before = throttle;
      const weighed = mayWeighPassword(before, T0);
      if (weighed) throttle = countFailure(before, T0);
      begun.set(who, weighed ? { before, reserved: throttle } : null);
      if (weighed && !answers[who]) wrong += 1;
    } else if (reservation && answers[who]) {
      throttle = takeBack(throttle, reservation.before, reservation.reserved);
    }
  }
  return { throttle, wrong };
}

const parallel = (rights: number) =>
  fc
    .record({
      failures: fc.nat(39),
      wrongs: fc.integer({ min: 0, max: 12 }),
      rights: fc.integer({ min: 0, max: rights }),
    })
    .chain(({ failures, wrongs, rights: right }) => {
      const answers = [...Array(wrongs).fill(false), ...Array(right).fill(true)] as boolean[];
      const all = [...answers.keys()];
      return fc.record({
        start: fc.constant<Throttle>({ failures, lockedUntil: 0, triesInLock: 0 }),
        answers: fc.constant(answers),
        order: fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
      });
    });

test('S10 S11 however parallel answers interleave, no wrong one is forgotten', () => {
  fc.assert(
    fc.property(parallel(4), ({ start, answers, order }) => {
      const { throttle, wrong } = interleave(start, answers, order);
      expect(throttle.failures + throttle.triesInLock).toBeGreaterThanOrEqual(start.failures + wrong);
    }),
    { numRuns: 20_000 },
  );
});

test('S10 S11 one right answer among parallel wrong ones leaves exactly what the wrong ones alone would have left', () => {
  fc.assert(
    fc.property(parallel(1), ({ start, answers, order }) => {
      const { throttle, wrong } = interleave(start, answers, order);
      let alone = start;
      for (let i = 0; i < wrong; i += 1) alone = countFailure(alone, T0);
      expect(throttle).toEqual(alone);
    }),
    { numRuns: 20_000 },
  );
});
