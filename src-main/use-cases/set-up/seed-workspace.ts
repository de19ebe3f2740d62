import { auditEntry } from '../../domain/audit.ts';
import type { Caller } from '../../domain/values.ts';
import { createWorkspace, type Founding } from './create-workspace.ts';
import { seedPerson } from './seed-cast.ts';

/** Accounts written in one transaction: large enough to be fast, small enough for the memory. */
const BATCH = 5_000;

/** With whom to sign in to a workspace that was made up. */
export interface SeededOwner {
  readonly email: string;
  readonly password: string;
}

/**
 * Fills an empty store with a made-up workspace of so many people. Only the owner can sign in: what everybody else's
 * password is nobody knows.
 */
export async function seedWorkspace(deps: Founding, caller: Caller, users: number): Promise<SeededOwner> {
  const { store, clock, random, passwordHash } = deps;
  const owner = { email: 'owner@example.org', password: random.id() };
  const said = { ...owner, confirmPassword: owner.password, name: 'Olive Owner', workspaceName: 'Seeded Works' };
  await createWorkspace(deps, caller, { ...said, template: 'strong' });
  const now = clock.now();
  const hash = await passwordHash.hash(random.token(), 'password');

  await addPeople(deps, 1, users, hash);
  const parties = { actorId: null, targetId: null };
  await store.transaction((tx) =>
    tx.audit.append(auditEntry('usersImported', now, caller, parties, { count: users - 1 })),
  );
  return owner;
}

/** Made-up people, by their numbers: from `from` up to `until`, less one. */
export async function addPeople(
  deps: Pick<Founding, 'store' | 'clock' | 'random'>,
  from: number,
  until: number,
  hash: string,
) {
  const { store, clock, random } = deps;
  const now = clock.now();
  for (let done = from; done < until; done += BATCH) {
    await store.transaction(async (tx) => {
      for (let index = done; index < Math.min(until, done + BATCH); index += 1) {
        const account = seedPerson(index, random.id(), hash, now);
        if (!(await tx.accounts.add(account))) throw new Error('Two made-up people have one address.');
        if (account.twoStep === 'off') continue;
        const createdAt = account.joinedAt ?? account.createdAt;
        const factor = { id: random.id(), accountId: account.id, method: 'email', name: 'Email' } as const;
        await tx.factors.add({ ...factor, preferred: true, createdAt, lastUsedAt: account.lastSignInAt });
      }
    });
  }
}
