import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { Policy } from '../../../src-main/domain/policy.ts';
import type { Turned } from './policy-rule.ts';
import { settled } from './seat-steps.ts';
import { holds, type ProofGiven, policyProofOf, proofOf, type Rules, type Step, step, toldBy } from './step.ts';
import { emailOf, type Key, nameOf, type Role, type Someone, type Told } from './who.ts';
import { RANGE_OF, type World } from './world.ts';

/** What people do to the workspace and to each other. */
const inSession = (seat: number) => (rules: Readonly<Rules>) => rules.fullAt(seat) !== null;
const onSomebody = (seat: number, key: Key) => (rules: Readonly<Rules>) =>
  rules.fullAt(seat) !== null && rules.who(key).state !== 'none';

/** What of the policy is turned; the rest stays as it is. */
export type Turn = Partial<Turned>;

async function policyAfter(world: World, { email, ...turn }: Turn): Promise<Policy> {
  const { policy } = await world.engine.read((tx) => tx.workspace.policy());
  return { ...policy, ...turn, methods: { ...policy.methods, ...(email && { email }) } };
}

/** @param behind by how many versions what the admin looked at is out of date */
export function changePolicy(seat: number, turn: Turn, given: NonNullable<ProofGiven>, behind = 0): Step {
  return step(
    `turn policy at ${seat} to ${JSON.stringify(turn)}, ${JSON.stringify(given)}${behind > 0 ? ', out of date' : ''}`,
    inSession(seat),
    async (rules, world) => {
      const { typed, proof } = policyProofOf(rules, seat, given);
      const expectedVersion = rules.policy.version - behind;
      const policy = await policyAfter(world, turn);
      const call = toldBy(world.seat(seat).api.admin.policy.change({ expectedVersion, policy, proof }));
      const rule = () => rules.changePolicy(seat, { ...rules.policy, ...turn }, expectedVersion, typed);
      await holds(world, call, rule, 'policyChanged');
    },
  );
}

/** Two admins, or one twice, who looked at the same version: only one of them changes it. */
export function changePolicyTwice(seat: number, other: number, turn: Turn, then: Turn): Step {
  return step(
    `turn policy at ${seat} to ${JSON.stringify(turn)} and at ${other} to ${JSON.stringify(then)} at once`,
    (rules) => seat !== other && rules.fullAt(seat) !== null && rules.fullAt(other) !== null,
    async (rules, world) => {
      const { version } = rules.policy;
      const tried = [];
      for (const [at, wish] of [[seat, turn] as const, [other, then] as const]) {
        const { typed, proof } = policyProofOf(rules, at, { mail: 'right' });
        tried.push({ at, wish, typed, proof, policy: await policyAfter(world, wish) });
      }
      const told = await Promise.all(
        tried.map(({ at, policy, proof }) =>
          toldBy(world.seat(at).api.admin.policy.change({ expectedVersion: version, policy, proof })),
        ),
      );
      // What changes nothing is told so only as long as the version is what it was.
      const order = told[0] === 'changedMeanwhile' || told[1] === 'invalidInput' ? [1, 0] : [0, 1];
      for (const index of order) {
        const one = tried[index];
        const mayTell = one && rules.changePolicy(one.at, { ...rules.policy, ...one.wish }, version, one.typed);
        expect(mayTell).toContain(told[index]);
      }
    },
  );
}

/** @param days an extension of so many from now; null for an account for emergencies */
export function grant(seat: number, key: Key, days: number | null, given: NonNullable<ProofGiven>): Step {
  return step(
    `except ${key} at ${seat}: ${days === null ? 'for emergencies' : `${days} days`}, ${JSON.stringify(given)}`,
    onSomebody(seat, key),
    async (rules, world) => {
      const { typed, proof } = policyProofOf(rules, seat, given);
      const wish = {
        target: { accountId: world.idOf(key) },
        kind: days === null ? ('breakGlass' as const) : ('extension' as const),
        until: days === null ? null : rules.now + days * 24 * 3_600_000,
        reason: 'Away at sea',
      };
      const call = toldBy(world.seat(seat).api.admin.exceptions.grant({ ...wish, proof }));
      await holds(world, call, () => rules.grant(seat, key, days, typed), 'exceptionGranted');
    },
  );
}

/** One of somebody's exceptions. */
export function endGrant(seat: number, key: Key, given: NonNullable<ProofGiven>): Step {
  return step(
    `end an exception of ${key} at ${seat}, ${JSON.stringify(given)}`,
    (rules) => rules.fullAt(seat) !== null && rules.who(key).grants.length > 0,
    async (rules, world) => {
      const exceptions = await world.engine.read((tx) => tx.exceptions.list());
      const newest = exceptions.find(({ accountId }) => accountId === world.idOf(key));
      const { typed, proof } = policyProofOf(rules, seat, given);
      const call = toldBy(world.seat(seat).api.admin.exceptions.end({ id: newest?.id ?? 'none', proof }));
      const until = newest ? newest.until : null;
      await holds(world, call, () => rules.endGrant(seat, key, newest ? { until } : null, typed), 'exceptionEnded');
    },
  );
}

/** With password and proof for a role above member, as the screen asks for them. */
export function add(seat: number, key: Key, role: Role, right: boolean, given: ProofGiven): Step {
  return step(
    `invite ${key} at ${seat} as ${role}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(given)}`,
    (rules) => rules.fullAt(seat) !== null && rules.who(key).state === 'none',
    async (rules, world) => {
      const { typed, proof } = proofOf(rules, seat, 'roles', given);
      const currentPassword = passwordAt(rules, world, seat, right);
      const stepUp = role === 'member' || given === null ? undefined : { currentPassword, proof };
      const wish = { name: nameOf(key), email: emailOf(key), phone: null, role, stepUp };
      const call = toldBy(world.seat(seat).api.admin.users.add(wish), ({ id }) => {
        world.cameAs(key, id);
        return 'done';
      });
      const told = await holds(world, call, () => rules.add(seat, key, role, right, typed), 'userAdded');
      if (told === 'done') rules.invited(key, await world.inviteCode());
    },
  );
}

export function inviteAgain(seat: number, key: Key): Step {
  return step(`invite ${key} again at ${seat}`, onSomebody(seat, key), async (rules, world) => {
    const call = toldBy(world.seat(seat).api.admin.users.invite({ id: world.idOf(key) }));
    const told = await holds(world, call, () => rules.inviteAgain(seat, key), 'invitationSent');
    if (told === 'done') rules.invited(key, await world.inviteCode());
  });
}

/** Several times at once by somebody impatient: one of them joins. */
export function accept(seat: number, key: Key, rightCode: boolean): Step {
  return step(
    `${key} joins at ${seat} by ${rightCode ? 'the' : 'another'} code`,
    (rules) => rules.at(seat) === null && rules.who(key).invitation !== null,
    async (rules, world) => {
      const newest = rules.who(key).invitation?.code ?? 'none';
      const code = rightCode ? newest : 'ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ';
      const password = world.freshPassword();
      const { accept } = world.seat(seat).api.open.invitation;
      const call = toldBy(accept({ code, password, confirmPassword: password }), ({ next }) => next);
      await settled(rules, world, seat, call, () => rules.accept(seat, key, code));
      if (rules.who(key).state === 'joined' && rightCode) world.passwords.set(key, password);
    },
  );
}

export function changeRole(seat: number, key: Key, role: Role, right: boolean, given: ProofGiven): Step {
  return step(
    `make ${key} ${role} at ${seat}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(given)}`,
    onSomebody(seat, key),
    async (rules, world) => {
      const { typed, proof } = proofOf(rules, seat, 'roles', given);
      const wish = { id: world.idOf(key), role, currentPassword: passwordAt(rules, world, seat, right), proof };
      const call = toldBy(world.seat(seat).api.admin.users.changeRole(wish));
      await holds(world, call, () => rules.changeRole(seat, key, role, right, typed), 'roleChanged');
    },
  );
}

export function reset(seat: number, key: Key, right: boolean, given: ProofGiven): Step {
  return step(
    `reset the two-step verification of ${key} at ${seat}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(given)}`,
    onSomebody(seat, key),
    async (rules, world) => {
      const { typed, proof } = proofOf(rules, seat, 'resetTwoStep', given);
      const currentPassword = passwordAt(rules, world, seat, right);
      const wish = { id: world.idOf(key), reason: 'Lost phone and codes', currentPassword, proof };
      const call = toldBy(world.seat(seat).api.helpDesk.resetTwoStep(wish));
      await holds(world, call, () => rules.reset(seat, key, right, typed), 'twoStepReset');
    },
  );
}

function passwordAt(rules: Rules, world: World, seat: number, right: boolean): string {
  const who = rules.at(seat)?.who;
  return who ? world.passwordOf(who, right) : 'nobody is here';
}

type PlainAct = 'suspend' | 'reinstate' | 'unlock' | 'signOutEverywhere' | 'revokeTrust';

const RECORDED: Record<PlainAct, string> = {
  suspend: 'suspended',
  reinstate: 'reinstated',
  unlock: 'unlocked',
  signOutEverywhere: 'signedOutEverywhere',
  revokeTrust: 'trustRevoked',
};

/** What takes no more than the right to do it. */
export function plainAct(seat: number, key: Key, act: PlainAct): Step {
  return step(`${act} ${key} at ${seat}`, onSomebody(seat, key), async (rules, world) => {
    const id = world.idOf(key);
    const { users } = world.seat(seat).api.admin;
    const deviceId = act === 'revokeTrust' ? newestDeviceOf(world, id) : null;
    const calls: Record<PlainAct, () => Promise<unknown>> = {
      suspend: () => users.suspend({ id, reason: 'Left the company' }),
      reinstate: () => users.reinstate({ id }),
      unlock: () => users.unlock({ id }),
      signOutEverywhere: () => users.signOutEverywhere({ id }),
      revokeTrust: () => users.revokeTrust({ id, deviceId: deviceId ?? 'none' }),
    };
    const call: Promise<Told> = toldBy(calls[act]());
    await holds(
      world,
      call,
      () => (act === 'revokeTrust' ? rules.revokeTrust(seat, key, deviceId !== null) : rules[act](seat, key)),
      RECORDED[act],
    );
  });
}

/** The record of the trust granted last, alive or not; by the order of rows, for two may be granted in the same millisecond. */
function newestDeviceOf({ engine }: World, accountId: string): string | null {
  const database = new Database(join(engine.folder, 'vestibule.db'), { readonly: true });
  try {
    const newest = 'SELECT id FROM trusted_devices WHERE account_id = ? ORDER BY rowid DESC LIMIT 1';
    return database.prepare<[string], string>(newest).pluck().get(accountId) ?? null;
  } finally {
    database.close();
  }
}

/** With password and proof where the list is to be wider, as the screen asks for them. */
export function setAllowlist(
  seat: number,
  key: Key,
  limitedTo: Someone['limitedTo'],
  confirmed: boolean,
  right: boolean,
  given: ProofGiven,
): Step {
  return step(
    `let ${key} sign in from ${limitedTo}, at ${seat}${confirmed ? ', whatever it means' : ''}, ${right ? 'right' : 'wrong'} password, ${JSON.stringify(given)}`,
    onSomebody(seat, key),
    async (rules, world) => {
      const { typed, proof } = proofOf(rules, seat, 'allowlist', given);
      const currentPassword = passwordAt(rules, world, seat, right);
      const stepUp = rules.widens(key, limitedTo) && given !== null ? { currentPassword, proof } : undefined;
      const wish = { id: world.idOf(key), text: RANGE_OF[limitedTo], confirmed, stepUp };
      const call = toldBy(world.seat(seat).api.admin.users.setAllowlist(wish));
      await holds(
        world,
        call,
        () => rules.setAllowlist(seat, key, limitedTo, confirmed, right, typed),
        'allowlistChanged',
      );
    },
  );
}

export function wait(by: number): Step {
  return step(
    `wait ${by / 1_000} s`,
    () => true,
    async (rules, world) => {
      world.clock.advance(by);
      rules.now += by;
    },
  );
}

/** S36: to a deadline, or a millisecond before or behind it. */
export function waitFor(key: Key, off: -1 | 0 | 1): Step {
  const left = (rules: Readonly<Rules>) => (rules.deadlineOf(key) ?? 0) + off - rules.now;
  return step(
    `wait for the deadline of ${key}, ${off} ms`,
    (rules) => left(rules) > 0,
    async (rules, world) => {
      const by = Math.max(0, left(rules));
      world.clock.advance(by);
      rules.now += by;
    },
  );
}

export const restart: Step = step(
  'restart the app',
  () => true,
  async (_, world) => world.restart(),
);
