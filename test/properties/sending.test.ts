import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideSend } from '../../src-main/domain/code.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src-main/domain/values.ts';

interface Request {
  /** Since the request before. */
  readonly after: number;
  /** Which of the acts that are under way asks. */
  readonly act: number;
  /** Whether the code that may be sent is redeemed at once. */
  readonly redeemed: boolean;
}

const gaps = fc.constantFrom(
  0,
  1,
  SECOND,
  MINUTE - 1,
  MINUTE,
  MINUTE + 1,
  5 * MINUTE,
  12 * MINUTE,
  HOUR - 1,
  HOUR,
  2 * HOUR,
  DAY,
);
const requests: fc.Arbitrary<Request[]> = fc.array(fc.record({ after: gaps, act: fc.nat(2), redeemed: fc.boolean() }), {
  maxLength: 60,
});

interface Sent {
  readonly at: number;
  readonly act: number;
  readonly redeemed: boolean;
}

/** Lets every request be decided as the outbox would, oldest first. */
function play(
  story: readonly Request[],
  judge: (decision: ReturnType<typeof decideSend>, now: number, sent: Sent[]) => void,
) {
  const sent: Sent[] = [];
  let now = Date.UTC(2026, 5, 1);
  for (const { after, act, redeemed } of story) {
    now += after;
    const decision = decideSend(unredeemed(sent), lastOf(sent, act), now);
    judge(decision, now, sent);
    if (decision.kind === 'send') sent.push({ at: now, act, redeemed });
  }
  return sent;
}

const unredeemed = (sent: readonly Sent[]) => sent.filter((code) => !code.redeemed).map(({ at }) => at);
const lastOf = (sent: readonly Sent[], act: number) =>
  sent.findLast((code) => code.act === act && !code.redeemed)?.at ?? null;

/** The most that lies within any stretch of that length. */
function most(instants: readonly number[], length: number): number {
  return Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + length).length));
}

test('R15 whatever is asked for, never more than five codes in any hour nor ten in any day leave unredeemed', () => {
  fc.assert(
    fc.property(requests, (story) => {
      const instants = unredeemed(play(story, () => undefined));
      expect(most(instants, HOUR)).toBeLessThanOrEqual(5);
      expect(most(instants, DAY)).toBeLessThanOrEqual(10);
    }),
    { numRuns: 3_000 },
  );
});

test('R15 two codes of one act are a minute apart at least', () => {
  fc.assert(
    fc.property(requests, (story) => {
      const sent = play(story, () => undefined).filter(({ redeemed }) => !redeemed);
      for (const act of [0, 1, 2]) {
        const instants = sent.filter((code) => code.act === act).map(({ at }) => at);
        instants.forEach((at, index) => {
          if (index > 0) expect(at - (instants[index - 1] ?? 0)).toBeGreaterThanOrEqual(MINUTE);
        });
      }
    }),
    { numRuns: 3_000 },
  );
});

test('R15 the instant a refusal names is the first at which the same request is granted', () => {
  fc.assert(
    fc.property(requests, (story) => {
      play(story, (decision, now, sent) => {
        if (decision.kind !== 'capped') return;
        expect(decision.retryAt).toBeGreaterThan(now);
        expect(decision.retryAt).toBeLessThanOrEqual(now + DAY);
        expect(decideSend(unredeemed(sent), null, decision.retryAt)).toEqual({ kind: 'send' });
        expect(decideSend(unredeemed(sent), null, decision.retryAt - 1)).toEqual(decision);
      });
      play(story, (decision, now, sent) => {
        if (decision.kind !== 'wait') return;
        expect(decision.resendAt).toBeGreaterThan(now);
        expect(decision.resendAt).toBeLessThanOrEqual(now + MINUTE);
        const last = decision.resendAt - MINUTE;
        expect(decideSend(unredeemed(sent), last, decision.resendAt).kind).not.toBe('wait');
        expect(decideSend(unredeemed(sent), last, decision.resendAt - 1)).toEqual(decision);
      });
    }),
    { numRuns: 3_000 },
  );
});

test('R15 who redeems every code is never kept waiting', () => {
  fc.assert(
    fc.property(requests, (story) => {
      play(
        story.map((request) => ({ ...request, redeemed: true })),
        (decision) => expect(decision).toEqual({ kind: 'send' }),
      );
    }),
  );
});
