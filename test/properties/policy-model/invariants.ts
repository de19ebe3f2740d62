import { expect } from 'vitest';
import type { Account } from '../../../src-main/domain/account.ts';
import type { Session } from '../../../src-main/domain/session.ts';
import { standingOf } from './policy-rule.ts';
import { isUsableOwner } from './role-rule.ts';
import { emailOf, type Someone } from './who.ts';
import type { WorkspaceRules } from './workspace-rules.ts';
import type { World } from './world.ts';

/** Where each seat and each account stands, beside what the rules say of them; and what must never be, whatever was done. */
export async function everythingAgrees(rules: WorkspaceRules, world: World): Promise<void> {
  const stages = await Promise.all(world.seats.map(async ({ api }) => (await api.open.welcome()).stage));
  expect(stages).toEqual(rules.stages());
  const { accounts, sessions, policy } = await world.engine.read(async (tx) => {
    const accounts = await tx.accounts.list();
    const seated = accounts.filter(({ email }) => rules.places.some((place) => place && emailOf(place.who) === email));
    const sessions = await Promise.all(seated.map(({ id }) => tx.sessions.listFor(id)));
    return { accounts, sessions, policy: await tx.workspace.policy() };
  });
  expect([policy.version, policy.requiredSince]).toEqual([rules.policy.version, rules.policy.requiredSince]);
  const there = Object.values(rules.people).filter(({ state }) => state !== 'none');
  expect(accounts.map((account) => stateOf(account, rules)).sort(byEmail)).toEqual(
    there.map((someone) => expectedOf(someone, rules)).sort(byEmail),
  );
  expect(accounts.some(isOwnerWithAWayIn)).toBe(true);
  for (const session of sessions.flat()) {
    const email = accounts.find(({ id }) => id === session.accountId)?.email;
    const someone = there.find(({ key }) => emailOf(key) === email);
    if (someone && !world.seen.has(session.id)) mayStand(session, someone, rules);
    world.seen.add(session.id);
  }
}

function stateOf({ email, role, twoStep, suspendedAt, mustEnrolSince, throttle }: Account, { now }: WorkspaceRules) {
  return {
    email,
    role,
    twoStep,
    suspended: suspendedAt !== null,
    mustEnrol: mustEnrolSince !== null,
    failures: throttle.failures,
    lockedUntil: Math.max(throttle.lockedUntil, now),
  };
}

function expectedOf(someone: Someone, rules: WorkspaceRules): ReturnType<typeof stateOf> {
  return {
    email: emailOf(someone.key),
    role: someone.role,
    twoStep: someone.twoStep ? 'active' : 'off',
    suspended: someone.suspended,
    mustEnrol: someone.mustEnrol,
    failures: someone.lockout.failures,
    lockedUntil: rules.locked(someone) ?? rules.now,
  };
}

const byEmail = (a: { email: string }, b: { email: string }) => (a.email < b.email ? -1 : 1);

/** R40, without asking the product who is one. */
function isOwnerWithAWayIn({ role, passwordHash, suspendedAt, deletedAt }: Account): boolean {
  const state = passwordHash === null || deletedAt !== null ? 'invited' : 'joined';
  return isUsableOwner({ role, state, suspended: suspendedAt !== null });
}

/** SECURITY 4: no session was granted that policy forbade in that moment. */
function mayStand({ scope, provenWith }: Session, someone: Someone, rules: WorkspaceRules): void {
  if (scope !== 'full') return;
  const standing = standingOf(rules.policy, someone, rules.now);
  const proven = provenWith !== null;
  expect([someone.key, standing, proven]).toEqual([someone.key, proven ? standing : 'signedIn', proven]);
}
