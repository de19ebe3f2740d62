import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Role } from '../../src-main/domain/account.ts';
import type { ChainedEntry } from '../../src-main/domain/audit.ts';
import { parseEmail } from '../../src-main/domain/email-address.ts';
import type { Policy } from '../../src-main/domain/policy.ts';
import type { Instant } from '../../src-main/domain/values.ts';
import { newAccount } from '../../src-main/use-cases/set-up/create-workspace.ts';
import type { Engine } from './engine.ts';
import { type Person, personAt } from './person.ts';

export const MEMBER = { name: 'Mel Member', email: 'mel@example.org', password: 'a quiet harbour wall' };

/** Adds an account to a workspace that is set up: inviting people comes with a later issue. Gives its id. */
export async function addAccount({ deps }: Engine, role: Role = 'member', person = MEMBER): Promise<string> {
  const address = parseEmail(person.email);
  if (!address) throw new Error(`${person.email} is no address.`);
  const hash = await deps.passwordHash.hash(person.password, 'password');
  const account = newAccount(deps.random.id(), person.name, address, role, hash, deps.clock.now());
  await deps.store.transaction((tx) => tx.accounts.add(account));
  return account.id;
}

/** A member of a workspace that is set up, signed in by the password. */
export async function signedInMember(engine: Engine): Promise<Person> {
  await addAccount(engine);
  const member = personAt(engine);
  await member.api.open.signIn.withPassword({ email: MEMBER.email, password: MEMBER.password });
  return member;
}

/** The audit trail so far, oldest first, without its chain. */
export async function auditOf(engine: Engine): Promise<Omit<ChainedEntry, 'hash' | 'previousHash'>[]> {
  const entries = await engine.read((tx) => tx.audit.list(0, 10_000));
  return entries.map(({ hash: _, previousHash: __, ...entry }) => entry);
}

/** What an act adds to the audit trail. */
export async function auditedBy(engine: Engine, act: () => Promise<unknown>) {
  const before = await auditOf(engine);
  await act();
  return (await auditOf(engine)).slice(before.length);
}

/** Puts a policy in force straight in the store; where it comes to require, it does from now on unless said otherwise. */
export async function writePolicy(
  { deps }: Pick<Engine, 'deps'>,
  change: Partial<Policy>,
  requiredSince: Instant = deps.clock.now(),
): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const { policy } = await tx.workspace.policy();
    const next = { ...policy, ...change };
    const since = next.enforcement === 'required' ? requiredSince : null;
    await tx.workspace.changePolicy(next, since, deps.clock.now());
  });
}

/** Every row that lasts, table by table, for "and nothing changed"; the audit trail aside, which is to grow. */
export function everythingStored({ folder }: Pick<Engine, 'folder'>): Record<string, unknown[]> {
  const database = new Database(join(folder, 'vestibule.db'), { readonly: true });
  try {
    const tables = database
      .prepare("select name from sqlite_schema where type = 'table' and name <> 'audit' order by name")
      .pluck()
      .all() as string[];
    return Object.fromEntries(tables.map((name) => [name, database.prepare(`select * from "${name}"`).all()]));
  } finally {
    database.close();
  }
}
