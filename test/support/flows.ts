import type { Surface } from '../../src-main/domain/values.ts';
import type { Engine } from './engine.ts';
import { CREDENTIALS, OWNER, type Person, personAt } from './person.ts';

/** The owner with the password accepted on a surface and, where it is active, the second step still owed. */
export async function ownerAfterPassword(engine: Engine, surface: Surface = 'desktop'): Promise<Person> {
  const person = personAt(engine, surface);
  await person.api.open.signIn.withPassword(CREDENTIALS);
  return person;
}

/** A proof of the second step by the code that was mailed for this very sign-in. */
export async function mailedAnswer(engine: Engine, pending: Person, email = OWNER.email) {
  const { code } = await pending.api.open.signIn.pending();
  if (!code) throw new Error('A code was expected to be on its way.');
  return { method: 'email' as const, challengeId: code.challengeId, code: await engine.codeFor(email) };
}

/** The owner signed in by password and mailed code. */
export async function ownerByCode(engine: Engine, surface: Surface = 'desktop'): Promise<Person> {
  const person = await ownerAfterPassword(engine, surface);
  await person.api.open.signIn.prove(await mailedAnswer(engine, person));
  return person;
}

/** The second half of a step-up, by a code mailed for it. */
export async function mailedProof(engine: Engine, person: Person, purpose: 'disable' | 'newRecoveryCodes') {
  const { challengeId } = await person.api.self.twoStep.sendProofCode({ purpose });
  return { method: 'email' as const, challengeId, code: await engine.codeFor(OWNER.email) };
}

/** The owner's password and a code mailed for the act. */
export async function mailedStepUp(engine: Engine, person: Person, purpose: 'disable' | 'newRecoveryCodes') {
  return { currentPassword: OWNER.password, proof: await mailedProof(engine, person, purpose) };
}

/** The owner's password and a recovery code. */
export function stepUpBy(code: string | undefined, currentPassword = OWNER.password) {
  return { currentPassword, proof: { method: 'recoveryCode' as const, code } };
}

/** The kinds of letters delivered so far, oldest first. */
export async function letterKinds(engine: Engine): Promise<string[]> {
  return (await engine.letters()).map(({ message }) => message.kind);
}
