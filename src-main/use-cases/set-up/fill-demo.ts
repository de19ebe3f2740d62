import type { Account } from '../../domain/account.ts';
import { auditEntry } from '../../domain/audit.ts';
import { parseEmail } from '../../domain/email-address.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import { policyOf } from '../../domain/policy.ts';
import { type Caller, DAY, type Instant, MINUTE } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecoveryCode, Tx } from '../../ports/store.ts';
import { drawNewRecoveryCodes } from '../two-step/new-recovery-codes.ts';
import { newAccount } from './create-workspace.ts';
import {
  DEMO_AGE,
  DEMO_CAST,
  DEMO_GROUPS,
  DEMO_PEOPLE,
  DEMO_WORKSPACE,
  type DemoPerson,
  type Part,
  SUSPENDED_SINCE,
} from './demo-cast.ts';

/**
 * Fills a new workspace for show; one that is set up already is left alone. Gives the sign-in hints. Only those who have
 * one can sign in: the others share the hash of a secret that nobody knows, for forty slow hashes would be a long start.
 */
export async function fillDemo(deps: Deps, caller: Caller): Promise<readonly DemoPerson[]> {
  const now = deps.clock.now();
  const nobodyKnows = await deps.passwordHash.hash(deps.random.token(), 'password');
  const hashes = new Map(
    await Promise.all(
      DEMO_PEOPLE.map(
        async ({ email, password }) => [email, await deps.passwordHash.hash(password, 'password')] as const,
      ),
    ),
  );
  const { stored } = await drawNewRecoveryCodes(deps);
  await deps.store.transaction(async (tx) => {
    const workspace = { name: DEMO_WORKSPACE, template: 'strong' as const, createdAt: now - DEMO_AGE };
    if (!(await tx.workspace.create(workspace, policyOf('strong')))) return;
    const ids = new Map<string, string>();
    for (const part of DEMO_CAST) {
      const hash = hashes.get(part.email) ?? nobodyKnows;
      ids.set(part.email, await settleIn(deps, tx, part, hash, stored, now));
    }
    const history = DEMO_CAST.flatMap(({ email, story }) => story.map((act) => ({ email, ...act })));
    const [owner] = DEMO_PEOPLE;
    for (const { email, ago, kind, byOwner, detail } of history.sort((a, b) => b.ago - a.ago)) {
      const targetId = ids.get(email) ?? '';
      const parties = { actorId: byOwner ? (ids.get(owner?.email ?? '') ?? null) : targetId, targetId };
      await tx.audit.append(auditEntry(kind, now - ago, caller, parties, detail));
    }
    await formGroups(deps, tx, ids, now);
  });
  return DEMO_PEOPLE;
}

async function settleIn(
  deps: Deps,
  tx: Tx,
  part: Part,
  hash: string,
  codes: readonly RecoveryCode[],
  now: Instant,
): Promise<string> {
  const joined = now - part.joined;
  const address = parseEmail(part.email);
  if (!address) throw new Error(`The demonstration address ${part.email} is unfit.`);
  const isInvited = part.state === 'invited';
  const plain = newAccount(deps.random.id(), part.name, address, part.role, isInvited ? null : hash, joined);
  const visits = part.story.filter(({ kind }) => kind === 'signedIn').map(({ ago }) => ago);
  const lastSignInAt = isInvited ? null : now - Math.min(...visits);
  const lockedUntil = part.locked ? now + 9 * MINUTE : 0;
  const throttle = { ...NO_FAILURES, failures: part.failures, lockedUntil };
  const suspendedAt = part.state === 'suspended' ? now - SUSPENDED_SINCE : null;
  const { phone, allowlist, twoStep } = part;
  const account: Account = { ...plain, twoStep, throttle, lastSignInAt, suspendedAt, phone, allowlist };
  await tx.accounts.add(account);
  if (part.twoStep === 'off') return account.id;
  const enabledAt = joined + part.enabledAfter;
  await tx.factors.add({
    id: deps.random.id(),
    accountId: account.id,
    method: 'email',
    name: 'Email',
    preferred: true,
    createdAt: enabledAt,
    lastUsedAt: lastSignInAt !== null && lastSignInAt > enabledAt ? lastSignInAt : null,
  });
  await tx.recoveryCodes.replaceAll(account.id, codes, enabledAt);
  for (const { selector } of codes.slice(0, part.codesUsed)) {
    await tx.recoveryCodes.consume(account.id, selector, Math.min(now, enabledAt + DAY));
  }
  return account.id;
}

async function formGroups(
  { random }: Pick<Deps, 'random'>,
  tx: Tx,
  ids: ReadonlyMap<string, string>,
  now: Instant,
): Promise<void> {
  const idOf = new Map(DEMO_CAST.map(({ name, email }) => [name, ids.get(email)]));
  for (const [name, members] of Object.entries(DEMO_GROUPS)) {
    const id = random.id();
    await tx.groups.add({ id, name, createdAt: now - DEMO_AGE / 2 });
    for (const member of members) await tx.groups.addMember(id, idOf.get(member) ?? '');
  }
}
