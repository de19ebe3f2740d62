import { expect, test } from 'vitest';
import { verifyChain } from '../../../src-main/domain/audit-chain.ts';
import { readAllowlist } from '../../../src-main/domain/ip-allowlist.ts';
import { stateOf } from '../../../src-main/domain/people.ts';
import { parsePhone } from '../../../src-main/domain/phone-number.ts';
import { fillDemo } from '../../../src-main/use-cases/set-up/fill-demo.ts';
import { openEngine } from '../../support/engine.ts';
import { personAt } from '../../support/person.ts';

const CALLER = { surface: 'desktop' as const, addresses: ['192.0.2.7'], client: 'Vestibule' };

test('the demonstration has forty people in varied states, a history in order, and hints that sign in', async () => {
  const engine = await openEngine();
  const hints = await fillDemo(engine.deps, CALLER);
  const people = await engine.read((tx) => tx.accounts.list());
  expect(people).toHaveLength(40);
  expect(people.filter(({ role }) => role === 'owner')).toHaveLength(1);
  const now = engine.clock.now();
  expect(people.filter(({ twoStep }) => twoStep === 'off').length).toBeGreaterThan(8);
  expect(people.filter(({ throttle }) => throttle.lockedUntil > now).length).toBeGreaterThan(2);
  expect(people.every(({ createdAt, lastSignInAt }) => createdAt < now && (lastSignInAt ?? 0) <= now)).toBe(true);

  const history = await engine.read((tx) => tx.audit.list(0, 10_000));
  expect(history.length).toBeGreaterThan(200);
  expect(history.every(({ at }, index) => at >= (history[index - 1]?.at ?? 0) && at <= now)).toBe(true);
  expect(verifyChain(history)).toBeNull();

  for (const { email, password, twoStep } of hints) {
    const next = twoStep === 'active' ? 'secondStep' : 'signedIn';
    expect(await personAt(engine).api.open.signIn.withPassword({ email, password })).toEqual({ next });
  }
});

test('the demonstration shows each role to sign in as, and every state there is to see in the users’ list', async () => {
  const engine = await openEngine();
  const hints = await fillDemo(engine.deps, CALLER);
  const roles = ['owner', 'admin', 'manager', 'helpDesk', 'member'];
  expect(new Set(hints.map(({ role }) => role))).toEqual(new Set(roles));
  // Whoever resets somebody’s second step needs one.
  expect(hints.filter(({ role, twoStep }) => role !== 'member' && twoStep === 'off')).toEqual([]);
  const { people, groups } = await engine.read(async (tx) => {
    return { people: await tx.accounts.list(), groups: await tx.groups.list() };
  });
  const states = people.map(stateOf);
  expect(['active', 'invited', 'suspended'].map((state) => states.filter((each) => each === state).length)).toEqual([
    35, 3, 2,
  ]);
  expect(groups.map(({ name, members }) => [name, members])).toEqual([
    ['Design studio', 5],
    ['Field team', 4],
    ['Night shift', 3],
  ]);
  const lists = people.flatMap(({ allowlist }) => (allowlist.length > 0 ? [allowlist] : []));
  expect(lists.map((list) => readAllowlist(list.join('\n')))).toEqual(
    lists.map((entries) => ({ kind: 'read', entries })),
  );
  expect(lists).toHaveLength(2);
  const phones = people.flatMap(({ phone }) => phone ?? []);
  expect(phones.map(parsePhone)).toEqual(phones);
  expect(phones.length).toBeGreaterThan(20);
  for (const { twoStep, throttle, lastSignInAt } of people.filter((person) => stateOf(person) === 'invited')) {
    expect([twoStep, throttle.failures, lastSignInAt]).toEqual(['off', 0, null]);
  }
});

test('a workspace that is set up is not filled over', async () => {
  const engine = await openEngine();
  await fillDemo(engine.deps, CALLER);
  await fillDemo(engine.deps, CALLER);
  expect(await engine.read((tx) => tx.accounts.count())).toBe(40);
});
