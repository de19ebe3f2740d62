import type { Account, Role } from '../../domain/account.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { type EmailAddress, parseEmail } from '../../domain/email-address.ts';
import { DomainError, done, refused, settle } from '../../domain/errors.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import { whyUnfit } from '../../domain/password.ts';
import { NAME_WANTED, parseName } from '../../domain/person-name.ts';
import { policyOf, type Template } from '../../domain/policy.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { openSession } from '../sessions/open-session.ts';

export interface FirstRun {
  readonly workspaceName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly confirmPassword: string;
  readonly template: Template;
}

export type Founding = Pick<Deps, 'store' | 'clock' | 'random' | 'passwordHash' | 'blocklist'>;

/**
 * Creates the workspace with its owner and signs them in. Of two racing calls one wins. Gives the session's token.
 * @throws {DomainError} `invalidInput`, `passwordUnfit`, `alreadySetUp`
 */
export async function createWorkspace(deps: Founding, caller: Caller, input: FirstRun): Promise<string> {
  const { store, clock, random, passwordHash, blocklist } = deps;
  const now = clock.now();
  const { workspaceName, name, address } = readFirstRun(input);
  // Asked before the slow hash, decided again in the transaction: a workspace that exists costs a caller nothing.
  if (await store.read((tx) => tx.workspace.find())) return refuseSecond(deps, caller);
  const personal = [address.email, name, workspaceName];
  const unfit = whyUnfit(input.password, { personal, isCommon: (password) => blocklist.has(password) });
  if (unfit) throw new DomainError('passwordUnfit', { reason: unfit });
  const hash = await passwordHash.hash(input.password, 'password');

  const outcome = await store.transaction(async (tx) => {
    const workspace = { name: workspaceName, template: input.template, createdAt: now };
    if (!(await tx.workspace.create(workspace, policyOf(input.template)))) return refused('alreadySetUp');
    const owner = { ...newAccount(random.id(), name, address, 'owner', hash, now), lastSignInAt: now };
    await tx.accounts.add(owner);
    await tx.audit.append(auditEntry('workspaceCreated', now, caller, oneself(owner.id), { after: input.template }));
    return done(await openSession(deps, tx, owner, caller, null, now));
  });
  return outcome.kind === 'refused' ? refuseSecond(deps, caller) : settle(outcome);
}

/** A fresh account: no factor, no failure, first epoch. */
export function newAccount(
  id: string,
  name: string,
  { email, key }: EmailAddress,
  role: Role,
  passwordHash: string | null,
  now: Instant,
): Account {
  return {
    id,
    name,
    email,
    emailKey: key,
    role,
    phone: null,
    passwordHash,
    passwordChangedAt: now,
    twoStep: 'off',
    epoch: 1,
    throttle: NO_FAILURES,
    createdAt: now,
    joinedAt: null,
    lastSignInAt: null,
    mailResetAt: null,
    suspendedAt: null,
    mustEnrolSince: null,
    allowlist: [],
    deletedAt: null,
  };
}

async function refuseSecond({ store, clock }: Founding, caller: Caller): Promise<never> {
  const parties = { actorId: null, targetId: null };
  await store.transaction((tx) =>
    tx.audit.append(auditEntry('accessDenied', clock.now(), caller, parties, { reason: 'alreadySetUp' })),
  );
  throw new DomainError('alreadySetUp');
}

function readFirstRun(input: FirstRun) {
  const workspaceName = parseName(input.workspaceName);
  const name = parseName(input.name);
  const address = parseEmail(input.email);
  if (workspaceName && name && address && input.password === input.confirmPassword) {
    return { workspaceName, name, address };
  }
  throw new DomainError('invalidInput', {
    fields: {
      ...(!workspaceName && { workspaceName: NAME_WANTED }),
      ...(!name && { name: NAME_WANTED }),
      ...(!address && { email: 'Enter an address like name@example.org.' }),
      ...(input.password !== input.confirmPassword && { confirmPassword: 'The two passwords differ.' }),
    },
  });
}
