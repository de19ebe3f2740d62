import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account, Factor } from '../../../src-main/domain/account.ts';
import { complianceOf, deadlineFor, type Exemption, NO_EXEMPTION } from '../../../src-main/domain/compliance.ts';
import type { PolicyException } from '../../../src-main/domain/exception.ts';
import { IMPACT_KINDS, type Impact, type ImpactKind, together } from '../../../src-main/domain/impact.ts';
import { type PolicyInForce, policyOf } from '../../../src-main/domain/policy.ts';
import { DAY, type Method } from '../../../src-main/domain/values.ts';
import type { Tx } from '../../../src-main/ports/store.ts';
import { account, factor, letter, type OpenStore, T0 } from './samples.ts';

const METHODS: readonly Method[] = ['email', 'sms', 'authenticatorApp', 'securityKey', 'phoneApproval'];

/** Days from `T0`, so that deadlines are met to the millisecond now and then. */
const day = fc.integer({ min: -12, max: 12 }).map((days) => T0 + days * DAY);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const somebody = fc.record({
  twoStep: fc.constantFrom<Account['twoStep']>('off', 'active'),
  role: fc.constantFrom<Account['role']>('owner', 'manager', 'member', 'member'),
  phone: orNull(fc.constant('+4915112345678')),
  passwordHash: fc.constantFrom('$hash', '$hash', '$hash', null),
  suspendedAt: fc.constantFrom(null, null, null, T0),
  deletedAt: fc.constantFrom(null, null, null, T0),
  mustEnrolSince: fc.constantFrom(null, null, T0 - DAY),
  createdAt: day,
  joinedAt: orNull(day),
  methods: fc.constantFrom<readonly Method[]>([], ['email'], ['email', 'securityKey']),
  extendedUntil: fc.option(day, { nil: null, freq: 2 }),
  breakGlass: fc.boolean(),
  inGroup: fc.boolean(),
});

const draftPolicy = fc.record({
  enforcement: fc.constantFrom<PolicyInForce['policy']['enforcement']>('off', 'optional', 'required', 'required'),
  complianceDays: fc.integer({ min: 0, max: 10 }),
  afterDeadline: fc.constantFrom<PolicyInForce['policy']['afterDeadline']>('enrol', 'block'),
  phishingResistant: fc.constantFrom<PolicyInForce['policy']['phishingResistant']>('off', 'privilegedRoles'),
  blocked: fc.subarray([...METHODS]),
  since: day,
  groupUntil: orNull(day),
});

interface Person {
  readonly account: Account;
  readonly factors: readonly Factor[];
  readonly exemption: Exemption;
}

/** The rule in the words of R26, R29, R31, R36 and R37. */
function kindsOf(draft: PolicyInForce, { account, factors, exemption }: Person): ImpactKind[] {
  const { policy } = draft;
  const needsPhone = policy.enforcement !== 'off' && policy.methods.sms === 'allowed' && policy.sms.role !== 'off';
  const missing: ImpactKind[] = needsPhone && account.phone === null ? ['missingPhone'] : [];
  const kind = (() => {
    if (policy.enforcement === 'off') return account.twoStep === 'active' ? 'enrolled' : null;
    const compliance = complianceOf(draft, account, factors, exemption, T0);
    if (account.mustEnrolSince !== null && account.twoStep === 'off') return 'mustEnrol';
    if (exemption.breakGlass) return 'breakGlass';
    if (compliance.kind === 'due') {
      const ordinary = deadlineFor(draft, account, NO_EXEMPTION) ?? 0;
      return compliance.deadline > ordinary ? 'extended' : 'mustEnrol';
    }
    if (compliance.kind === 'overdue') {
      return policy.afterDeadline === 'block' && account.role !== 'owner' ? 'lockedOut' : 'mustEnrol';
    }
    if (account.twoStep === 'off') return null;
    const isLeft = factors.length === 0 || factors.some(({ method }) => policy.methods[method] !== 'blocked');
    return isLeft ? 'enrolled' : 'methodGone';
  })();
  return kind === null ? missing : [kind, ...missing];
}

export function impactContract(open: OpenStore): void {
  test('R36 R37 R38 whatever the policy and whoever is there, exactly those are counted and listed that the rule names', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(somebody, { minLength: 1, maxLength: 25 }),
        draftPolicy,
        async (drawn, { blocked, since, groupUntil, ...rules }) => {
          const store = await open();
          const strong = policyOf('strong');
          const methods = METHODS.map((method) => [method, blocked.includes(method) ? 'blocked' : 'allowed']);
          const policy: PolicyInForce['policy'] = {
            ...strong,
            ...rules,
            methods: Object.fromEntries(methods),
            sms: { entitled: true, role: 'primary' },
          };
          const requiredSince = policy.enforcement === 'required' ? Math.min(since, T0) : null;
          const draft: PolicyInForce = { version: 1, policy, requiredSince };
          const exceptions: PolicyException[] = [];
          const base = { reason: 'r', createdBy: 'ada', createdAt: T0 };
          if (groupUntil !== null) {
            exceptions.push({
              ...base,
              id: 'g',
              kind: 'extension',
              accountId: null,
              groupId: 'group',
              until: groupUntil,
            });
          }
          const people = drawn.map(
            ({ methods: held, extendedUntil, breakGlass, inGroup, ...fields }, index): Person => {
              const id = `p${index}`;
              const own = { ...base, accountId: id, groupId: null };
              if (extendedUntil !== null)
                exceptions.push({ ...own, id: `x${id}`, kind: 'extension', until: extendedUntil });
              if (breakGlass) exceptions.push({ ...own, id: `b${id}`, kind: 'breakGlass', until: null });
              const latest = Math.max(extendedUntil ?? 0, inGroup ? (groupUntil ?? 0) : 0);
              return {
                account: account({ id, email: `${id}@example.org`, ...fields }),
                factors: held.map((method, place) =>
                  factor({ id: `${id}${method}`, accountId: id, method, preferred: place === 0 }),
                ),
                exemption: { breakGlass, extendedUntil: latest === 0 ? null : latest },
              };
            },
          );
          await store.transaction(async (tx) => {
            await tx.groups.add({ id: 'group', name: 'Group', createdAt: T0 });
            for (const [index, { account, factors }] of people.entries()) {
              await tx.accounts.add(account);
              for (const each of factors) await tx.factors.add(each);
              if (drawn[index]?.inGroup) await tx.groups.addMember('group', account.id);
            }
            for (const exception of exceptions) await tx.exceptions.add(exception);
          });

          const there = people.filter(
            ({ account: { passwordHash, suspendedAt, deletedAt } }) =>
              passwordHash !== null && suspendedAt === null && deletedAt === null,
          );
          const byKind = (kind: ImpactKind) =>
            there
              .filter((person) => kindsOf(draft, person).includes(kind))
              .map(({ account }) => account.id)
              .sort();
          const expected = Object.fromEntries(IMPACT_KINDS.map((kind) => [kind, byKind(kind)]));
          const found: Record<string, string[]> = {};
          await store.read(async (tx) => {
            for (const kind of IMPACT_KINDS) found[kind] = await walk(tx, draft, kind);
            const counts = Object.fromEntries(Object.entries(expected).map(([kind, ids]) => [kind, ids.length]));
            expect(await tally(tx, draft)).toEqual({ ...counts, total: there.length });
            expect((await walk(tx, draft, null)).length).toBe(there.length);
            const active = there.filter((each) => each.account.twoStep === 'active').length;
            expect(await tx.impact.standing()).toEqual({ total: there.length, active });
          });
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('R51 letters that wait are counted until they left or were given up', async () => {
    const store = await open();
    await store.transaction(async (tx) => {
      await tx.accounts.add(account());
      for (const id of ['a', 'b', 'c', 'd']) await tx.outbox.add(letter({ id }));
      await tx.outbox.markSent('a');
      await tx.outbox.markFailed('b');
      await tx.outbox.retryAt('c', T0 + DAY);
    });
    expect(await store.read((tx) => tx.outbox.waiting())).toBe(2);
  });
}

/** All pieces of the count together. */
async function tally(tx: Tx, draft: PolicyInForce): Promise<Impact | null> {
  let sum: Impact | null = null;
  for (let next: number | null = 0; next !== null; ) {
    const piece = await tx.impact.count(draft, next, T0);
    sum = sum ? together(sum, piece.counted) : piece.counted;
    next = piece.next;
  }
  return sum;
}

/** Every page of a list, two at a time, in the order of addresses. */
async function walk(tx: Tx, draft: PolicyInForce, kind: ImpactKind | null): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const after: string = next;
    const page = await tx.impact.list(draft, kind, after, 2, T0);
    const keys = page.rows.map(({ emailKey }) => emailKey);
    expect(keys.length).toBeLessThanOrEqual(2);
    expect(keys).toEqual([...keys].sort());
    expect(keys.every((key) => key > after && (page.next === null || key <= page.next))).toBe(true);
    ids.push(...page.rows.map(({ id }) => id));
    next = page.next;
  }
  return ids.sort();
}
