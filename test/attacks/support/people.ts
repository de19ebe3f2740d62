import type { Account, Role } from '../../../src-main/domain/account.ts';
import { parseEmail } from '../../../src-main/domain/email-address.ts';
import type { Random } from '../../../src-main/ports/ambient.ts';
import type { Deps } from '../../../src-main/ports/deps.ts';
import { newAccount } from '../../../src-main/use-cases/set-up/create-workspace.ts';
import type { Engine } from '../../support/engine.ts';
import { enableTwoStep, OWNER, type Person, personAt, signedInOwner } from '../../support/person.ts';

export const SECOND = { name: 'Ben Second', email: 'ben@example.org', password: 'another horse battery' };

/** Adds a second account straight to the store: no procedure of this build adds one yet. */
export async function addAccount(
  { deps }: Pick<Engine, 'deps'>,
  person: { readonly name: string; readonly email: string; readonly password: string } = SECOND,
  role: Role = 'member',
): Promise<Account> {
  const address = parseEmail(person.email);
  if (!address) throw new Error(`${person.email} is no address.`);
  const hash = await deps.passwordHash.hash(person.password, 'password');
  const account = newAccount(deps.random.id(), person.name, address, role, hash, deps.clock.now());
  await deps.store.transaction((tx) => tx.accounts.add(account));
  return account;
}

/** An account as the store has it now. */
export async function accountOf(engine: Pick<Engine, 'read'>, email: string = OWNER.email): Promise<Account> {
  const account = await engine.read((tx) => tx.accounts.findByEmailKey(email));
  if (!account) throw new Error(`There is no account ${email}.`);
  return account;
}

/** How many sessions an account has in the store. */
export async function sessionsOf(engine: Pick<Engine, 'read'>, email: string = OWNER.email): Promise<number> {
  const { id } = await accountOf(engine, email);
  return (await engine.read((tx) => tx.sessions.listFor(id))).length;
}

/** Somebody signed in with the password alone. */
export async function signedIn(
  engine: Engine,
  { email, password }: { readonly email: string; readonly password: string } = OWNER,
): Promise<Person> {
  const person = personAt(engine);
  const { next } = await person.api.open.signIn.withPassword({ email, password });
  if (next !== 'signedIn') throw new Error('No second step was expected.');
  return person;
}

/** A workspace whose owner has two-step verification on, signed in, with the recovery codes. */
export async function protectedOwner(engine: Engine): Promise<{ owner: Person; codes: readonly string[] }> {
  const owner = await signedInOwner(engine);
  return { owner, codes: await enableTwoStep(engine, owner) };
}

/** Somebody in the middle of a sign-in, with the challenge that waits and the code that answers it. */
export interface Pending extends Person {
  readonly challengeId: string;
  readonly code: string;
}

/** The right password given, the second step owed. */
export async function pendingSignIn(
  engine: Engine,
  { email, password }: { readonly email: string; readonly password: string } = OWNER,
  at?: string,
): Promise<Pending> {
  const person = personAt(engine, 'desktop', at);
  await person.api.open.signIn.withPassword({ email, password });
  const { code } = await person.api.open.signIn.pending();
  if (!code) throw new Error('A code was expected to be sent.');
  return { ...person, challengeId: code.challengeId, code: await engine.codeFor(email) };
}

/** Password and code given: a session opened with both steps. */
export async function fullySignedIn(engine: Engine): Promise<Person> {
  const { challengeId, code, ...person } = await pendingSignIn(engine);
  await person.api.open.signIn.prove({ method: 'email', challengeId, code });
  return person;
}

/** A proof by e-mail for one act of somebody signed in. */
export async function mailedProof(engine: Engine, person: Person, purpose: 'disable' | 'newRecoveryCodes') {
  const { challengeId } = await person.api.self.twoStep.sendProofCode({ purpose });
  return { method: 'email' as const, challengeId, code: await engine.codeFor(OWNER.email) };
}

/** The same engine with parts of the world replaced, for whom `personAt` seats before it. */
export function withDeps<E extends Pick<Engine, 'deps'>>(engine: E, change: Partial<Deps>): E {
  return { ...engine, deps: { ...engine.deps, ...change } };
}

/** Seats of one person: so many jars with the same tokens, as of copied cookies or parallel windows. */
export function copiesOf(engine: Pick<Engine, 'deps'>, { jar }: Person, count: number): Person[] {
  return Array.from({ length: count }, () => {
    const copy = personAt(engine as Engine);
    copy.jar.session = jar.session;
    copy.jar.pending = jar.pending;
    return copy;
  });
}

/** Draws codes that all differ, where a test tells right codes apart: chance repeats one in a million times. */
export function differentCodes(random: Random): Random {
  let next = 123_456;
  return { ...random, below: (bound) => (bound === 1_000_000 ? next++ : random.below(bound)) };
}
