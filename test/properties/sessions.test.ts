import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idleEndOf, isLive, isPendingLive, limitsFor } from '../../src-main/domain/session.ts';
import { DAY, HOUR, MINUTE } from '../../src-main/domain/values.ts';
import { account, pendingSignIn, session, T0 } from '../ports/store/samples.ts';

const role = fc.constantFrom('owner' as const, 'member' as const);
const someSession = fc
  .record({ role, idleFor: fc.nat(25 * HOUR), lasts: fc.nat(2 * DAY), epoch: fc.constantFrom(1, 1, 1, 2) })
  .map(({ role: held, idleFor, lasts, epoch }) => ({
    holder: account({ role: held }),
    opened: session({ epoch, lastSeenAt: T0 + idleFor, endsAt: T0 + lasts }),
  }));

test('R40 once a session is dead it is dead for ever', () => {
  fc.assert(
    fc.property(someSession, fc.nat(3 * DAY), fc.nat(3 * DAY), ({ holder, opened }, one, two) => {
      const [sooner, later] = one < two ? [T0 + one, T0 + two] : [T0 + two, T0 + one];
      if (isLive(opened, holder, later)) expect(isLive(opened, holder, sooner)).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});

test('R40 a session of another epoch than the account’s is never alive', () => {
  fc.assert(
    fc.property(someSession, fc.integer({ min: 0, max: 5 }), fc.nat(DAY), ({ holder, opened }, epoch, passed) => {
      fc.pre(epoch !== opened.epoch);
      expect(isLive(opened, { ...holder, epoch }, T0 + passed)).toBe(false);
    }),
  );
});

test('R40 however active, nobody outlives the absolute limit of the role; however short, nobody outlives the idle one', () => {
  fc.assert(
    fc.property(role, fc.array(fc.nat(90 * MINUTE), { maxLength: 60 }), (held, pauses) => {
      const holder = account({ role: held });
      const { idle, absolute } = limitsFor(held);
      let current = session({ endsAt: T0 + absolute });
      let now = T0;
      for (const pause of pauses) {
        now += pause;
        const alive = isLive(current, holder, now);
        if (now >= T0 + absolute || pause >= idle) expect(alive).toBe(false);
        if (!alive) return;
        expect(now).toBeLessThan(idleEndOf(current, held));
        current = { ...current, lastSeenAt: now };
      }
    }),
    { numRuns: 2_000 },
  );
});

test('S15 a pending sign-in that is over, or begun under another epoch or policy, is over for ever', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.nat(3), fc.nat(HOUR), fc.nat(HOUR), (epoch, version, one, two) => {
      const [sooner, later] = one < two ? [T0 + one, T0 + two] : [T0 + two, T0 + one];
      const pending = pendingSignIn();
      const live = (now: number) => isPendingLive(pending, account({ epoch }), version, now);
      if (live(later)) expect(live(sooner)).toBe(true);
      if (epoch !== pending.epoch || version !== pending.policyVersion) expect(live(sooner)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});
