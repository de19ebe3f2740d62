import type { Role } from '../../src-main/domain/account.ts';
import { addAccount } from '../attacks/support/people.ts';
import type { Engine } from './engine.ts';
import { enableTwoStep, OWNER, type Person, personAt, signedInOwner } from './person.ts';

/** Somebody of the workspace, signed in. */
export interface Colleague extends Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** A new workspace with its owner signed in; their two-step verification is on. */
export async function ownerOf(engine: Engine): Promise<Colleague> {
  const owner = await signedInOwner(engine);
  await enableTwoStep(engine, owner);
  const { account } = await owner.api.self.me();
  return { ...owner, ...OWNER, id: account.id };
}

/** Somebody more, of this role, signed in. */
export async function colleague(
  engine: Engine,
  role: Role,
  { name = `The ${role}`, twoStep = 'active' }: { readonly name?: string; readonly twoStep?: 'off' | 'active' } = {},
): Promise<Colleague> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const who = { name, email, password: `${name} walks the harbour` };
  const { id } = await addAccount(engine, who, role);
  const person = personAt(engine);
  await person.api.open.signIn.withPassword({ email, password: who.password });
  if (twoStep === 'active') await enableTwoStep(engine, person, email);
  return { ...person, ...who, id };
}

/** Password and mailed code for one act. */
export async function provenBy(
  engine: Engine,
  { api, email, password }: Colleague,
  purpose: 'roles' | 'resetTwoStep' | 'allowlist',
) {
  const { challengeId } = await api.self.twoStep.sendProofCode({ purpose });
  const code = await engine.codeFor(email);
  return { currentPassword: password, proof: { method: 'email' as const, challengeId, code } };
}

/** What looks like a step-up and proves nothing. */
export const UNPROVEN = { currentPassword: 'not this one', proof: { method: 'recoveryCode' as const, code: '0' } };
