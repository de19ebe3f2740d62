import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Account, Role } from '../../src-main/domain/account.ts';
import { complianceOf, deadlineFor, type Exemption, NO_EXEMPTION } from '../../src-main/domain/compliance.ts';
import { type Policy, type PolicyInForce, policyOf } from '../../src-main/domain/policy.ts';
import { requiredSinceOf } from '../../src-main/domain/policy-change.ts';
import { DAY, HOUR, type Instant, type Method } from '../../src-main/domain/values.ts';
import { PERSON } from '../support/add-person.ts';

const SINCE = Date.UTC(2026, 2, 20, 9, 30, 0, 123);

function required(days: number, change: Partial<Policy> = {}, requiredSince = SINCE): PolicyInForce {
  const policy: Policy = { ...policyOf('strong'), enforcement: 'required', complianceDays: days, ...change };
  return { version: 2, policy, requiredSince };
}

function someone(change: Partial<Account> = {}): Account {
  return { ...PERSON, role: 'member', createdAt: SINCE - DAY, ...change };
}

function holding(...methods: Method[]) {
  return methods.map((method, index) => {
    return {
      id: method,
      accountId: PERSON.id,
      method,
      name: method,
      preferred: index === 0,
      createdAt: 0,
      lastUsedAt: null,
    };
  });
}

function kindAt(inForce: PolicyInForce, account: Account, now: Instant, exemption: Exemption = NO_EXEMPTION) {
  return complianceOf(inForce, account, [], exemption, now).kind;
}

describe.each([1, 3, 10])('S36 with %i days', (days) => {
  const deadline = SINCE + days * DAY;

  test.each([
    ['a millisecond before the deadline', -1, 'due'],
    ['at the deadline', 0, 'overdue'],
    ['a millisecond after it', 1, 'overdue'],
  ] as const)('R26 %s', (_, offset, kind) => {
    expect(complianceOf(required(days), someone(), [], NO_EXEMPTION, deadline + offset)).toEqual({ kind, deadline });
  });
});

test('R24 S36 no days means at the next sign-in: it is overdue at once', () => {
  expect(kindAt(required(0), someone(), SINCE)).toBe('overdue');
});

test.each(['optional', 'off'] as const)('R27 while enforcement is %s nobody is asked', (enforcement) => {
  const inForce: PolicyInForce = { ...required(3, { enforcement }), requiredSince: null };
  expect(kindAt(inForce, someone(), SINCE + 100 * DAY)).toBe('notAsked');
});

test('R26 who joins later has the whole period from then', () => {
  const joinedAt = SINCE + 30 * DAY;
  expect(deadlineFor(required(3), someone({ createdAt: SINCE + DAY, joinedAt }), NO_EXEMPTION)).toBe(
    joinedAt + 3 * DAY,
  );
  expect(deadlineFor(required(3), someone({ createdAt: joinedAt }), NO_EXEMPTION)).toBe(joinedAt + 3 * DAY);
});

test('R37 an extension gives until its end, to the millisecond; one that ends sooner takes nothing away', () => {
  const extendedUntil = SINCE + 20 * DAY;
  const exemption = { breakGlass: false, extendedUntil };
  expect(kindAt(required(3), someone(), extendedUntil - 1, exemption)).toBe('due');
  expect(kindAt(required(3), someone(), extendedUntil, exemption)).toBe('overdue');
  const shorter = { breakGlass: false, extendedUntil: SINCE + DAY };
  expect(deadlineFor(required(3), someone(), shorter)).toBe(SINCE + 3 * DAY);
});

test('R37 a break-glass account is never asked, unless an admin reset it', () => {
  const exemption = { breakGlass: true, extendedUntil: null };
  expect(kindAt(required(0), someone(), SINCE + 100 * DAY, exemption)).toBe('notAsked');
  expect(kindAt(required(0), someone({ mustEnrolSince: SINCE }), SINCE, exemption)).toBe('overdue');
});

test.each(['owner', 'admin', 'manager', 'helpDesk', 'member'] as const)(
  'R38 where privileged roles must resist phishing, only a security key satisfies that of %s',
  (role: Role) => {
    const strict = required(3, { phishingResistant: 'privilegedRoles' });
    const account = someone({ role, twoStep: 'active' });
    const withMail = complianceOf(strict, account, holding('email'), NO_EXEMPTION, SINCE).kind;
    expect(withMail).toBe(role === 'member' ? 'met' : 'due');
    expect(complianceOf(strict, account, holding('email', 'securityKey'), NO_EXEMPTION, SINCE).kind).toBe('met');
  },
);

/** Days on which clocks somewhere are put forward or back. */
const SHIFTS = [
  Date.UTC(2026, 2, 8),
  Date.UTC(2026, 2, 29),
  Date.UTC(2026, 3, 5),
  Date.UTC(2026, 8, 6),
  Date.UTC(2026, 9, 25),
  Date.UTC(2026, 10, 1),
];
const aroundShifts = fc
  .tuple(fc.constantFrom(...SHIFTS), fc.integer({ min: -2 * DAY, max: 2 * DAY }))
  .map(([shift, offset]) => shift + offset);

test('S36 in every time zone, also where clocks are put forward or back, a day of the period is 24 hours and T is the same instant', () => {
  const before = process.env.TZ;
  try {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      process.env.TZ = zone;
      fc.assert(
        fc.property(aroundShifts, fc.integer({ min: 0, max: 10 }), (since, days) => {
          const inForce = required(days, {}, since);
          const account = someone({ createdAt: since - HOUR });
          const deadline = deadlineFor(inForce, account, NO_EXEMPTION);
          expect(deadline).toBe(since + days * 86_400_000);
          const kinds = [-1, 0, 1].map((offset) => kindAt(inForce, account, since + days * 86_400_000 + offset));
          expect(kinds).toEqual(['due', 'overdue', 'overdue']);
        }),
        { numRuns: 5 },
      );
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

const change = fc.record({
  enforcement: fc.constantFrom<Policy['enforcement']>('off', 'optional', 'required'),
  complianceDays: fc.integer({ min: 0, max: 10 }),
  afterDeadline: fc.constantFrom<Policy['afterDeadline']>('enrol', 'block'),
  wait: fc.integer({ min: 0, max: 12 * DAY }),
});

/** The policies a workspace goes through, each with the instant it came into force. */
function goThrough(changes: readonly { enforcement: Policy['enforcement']; complianceDays: number; wait: number }[]) {
  let present: PolicyInForce = { version: 1, policy: policyOf('strong'), requiredSince: null };
  let now = SINCE;
  return changes.map(({ wait, ...rules }) => {
    now += wait;
    const policy: Policy = { ...present.policy, ...rules };
    present = { version: present.version + 1, policy, requiredSince: requiredSinceOf(present, policy, now) };
    return { inForce: present, at: now };
  });
}

test('R27 R29 whatever sequence of changes policy goes through, nobody who has two-step verification is ever due or overdue', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), fc.nat(20 * DAY), (changes, later) => {
      const account = someone({ twoStep: 'active' });
      for (const { inForce, at } of goThrough(changes)) {
        const { kind } = complianceOf(inForce, account, holding('email'), NO_EXEMPTION, at + later);
        expect(kind).toBe(inForce.policy.enforcement === 'required' ? 'met' : 'notAsked');
      }
    }),
  );
});

test('R24 R29 editing a policy that goes on requiring moves the beginning of nobody’s period; requiring anew begins it anew', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      let began: Instant | null = null;
      for (const { inForce, at } of goThrough(changes)) {
        began = inForce.policy.enforcement === 'required' ? (began ?? at) : null;
        expect(inForce.requiredSince).toBe(began);
        const deadline = deadlineFor(inForce, someone(), NO_EXEMPTION);
        expect(deadline).toBe(began === null ? null : began + inForce.policy.complianceDays * DAY);
      }
    }),
  );
});
