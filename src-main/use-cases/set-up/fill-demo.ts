import type { Account, Role } from '../../domain/account.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { parseEmail } from '../../domain/email-address.ts';
import { policyOf } from '../../domain/policy.ts';
import { type Caller, DAY, HOUR, type Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { drawNewRecoveryCodes, type NewRecoveryCodes } from '../two-step/new-recovery-codes.ts';
import { newAccount } from './create-workspace.ts';

/** A person of the demonstration workspace, with all it takes to sign in as them. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  readonly twoStep: 'off' | 'active';
  readonly hint: string;
}

interface Part extends DemoPerson {
  readonly joinedDaysAgo: number;
  readonly codesUsed: number;
}

const WORKSPACE = 'Harbour Lane Studio';

const CAST: readonly Part[] = [
  person('Mara Lindqvist', 'owner', 'active', 'The owner. The e-mailed code appears under Messages.', 184, 1),
  person('Jonas Weber', 'member', 'off', 'Has not switched two-step verification on yet.', 151, 0),
  person('Priya Raman', 'member', 'active', 'Signs in with a code by e-mail.', 122, 0),
  person('Tom Okafor', 'member', 'active', 'Has only two recovery codes left.', 96, 8),
  person('Elena Petrova', 'member', 'off', 'Joined last week.', 6, 0),
];

function person(
  name: string,
  role: Role,
  twoStep: 'off' | 'active',
  hint: string,
  joinedDaysAgo: number,
  codesUsed: number,
): Part {
  const first = name.split(' ')[0] ?? '';
  const email = `${first.toLowerCase()}@harbourlane.example`;
  return { name, email, password: `${first}-walks-the-harbour`, role, twoStep, hint, joinedDaysAgo, codesUsed };
}

/** Fills a new workspace for show; one that is set up already is left alone. Gives the sign-in hints. */
export async function fillDemo(deps: Deps, caller: Caller): Promise<readonly DemoPerson[]> {
  const now = deps.clock.now();
  const cast = await Promise.all(
    CAST.map(async (part) => ({
      part,
      hash: await deps.passwordHash.hash(part.password, 'password'),
      codes: part.twoStep === 'active' ? await drawNewRecoveryCodes(deps) : null,
    })),
  );
  await deps.store.transaction(async (tx) => {
    const createdAt = now - 184 * DAY;
    const workspace = { name: WORKSPACE, template: 'strong' as const, createdAt };
    if (!(await tx.workspace.create(workspace, policyOf('strong')))) return;
    for (const { part, hash, codes } of cast) await settleIn(deps, tx, caller, part, hash, codes, now);
  });
  return CAST.map(({ joinedDaysAgo: _, codesUsed: __, ...hint }) => hint);
}

async function settleIn(
  deps: Deps,
  tx: Tx,
  caller: Caller,
  part: Part,
  hash: string,
  codes: NewRecoveryCodes | null,
  now: Instant,
): Promise<void> {
  const joined = now - part.joinedDaysAgo * DAY;
  const address = parseEmail(part.email);
  if (!address) throw new Error(`The demonstration address ${part.email} is unfit.`);
  const plain = newAccount(deps.random.id(), part.name, address, part.role, hash, joined);
  const account: Account = { ...plain, twoStep: part.twoStep, lastSignInAt: now - 20 * HOUR };
  await tx.accounts.add(account);
  if (part.role === 'owner') await tx.audit.append(auditEntry('workspaceCreated', joined, caller, oneself(account.id)));
  if (!codes) return;
  const enabledAt = joined + HOUR;
  await tx.factors.add({
    id: deps.random.id(),
    accountId: account.id,
    method: 'email',
    name: 'Email',
    preferred: true,
    createdAt: enabledAt,
    lastUsedAt: now - 20 * HOUR,
  });
  await tx.recoveryCodes.replaceAll(account.id, codes.stored, enabledAt);
  for (const { selector } of codes.stored.slice(0, part.codesUsed)) {
    await tx.recoveryCodes.consume(account.id, selector, enabledAt + DAY);
  }
  await tx.audit.append(auditEntry('twoStepEnabled', enabledAt, caller, oneself(account.id), { method: 'email' }));
}
