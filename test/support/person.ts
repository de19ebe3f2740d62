import { TRPCError } from '@trpc/server';
import type { Carrier } from '../../src-main/api/carrier.ts';
import { createCaller } from '../../src-main/api/router.ts';
import { type DomainCode, DomainError } from '../../src-main/domain/errors.ts';
import type { TrustToken } from '../../src-main/domain/trusted-device.ts';
import type { Surface } from '../../src-main/domain/values.ts';
import type { Engine } from './engine.ts';

export const OWNER = { name: 'Ada Owner', email: 'ada@example.org', password: 'correct horse battery' };
export const CREDENTIALS = { email: OWNER.email, password: OWNER.password };

/** Someone at a screen of their own: a jar for the tokens and the procedures to call. */
export interface Person {
  readonly jar: { session: string | null; pending: string | null; trusts?: readonly TrustToken[] };
  readonly api: ReturnType<typeof createCaller>;
}

export function personAt({ deps }: Engine, surface: Surface = 'desktop', address = '192.0.2.7'): Person {
  const jar: Person['jar'] = { session: null, pending: null };
  const carrier: Carrier = {
    get session() {
      return jar.session;
    },
    get pending() {
      return jar.pending;
    },
    get trusts() {
      return jar.trusts ?? [];
    },
    setSession: (token) => {
      jar.session = token;
    },
    setPending: (token) => {
      jar.pending = token;
    },
    setTrusts: (trusts) => {
      jar.trusts = trusts;
    },
  };
  const caller = { surface, addresses: [address], client: 'Chrome on Linux' };
  return { jar, api: createCaller({ deps, caller, carrier, version: '0.0.0', demo: null }) };
}

/** A new workspace with its owner signed in. */
export async function signedInOwner(engine: Engine): Promise<Person> {
  const owner = personAt(engine);
  await owner.api.open.setUp({
    workspaceName: 'Example Works',
    ...OWNER,
    confirmPassword: OWNER.password,
    template: 'strong',
  });
  return owner;
}

/** Enables two-step verification by the mailed code; gives the recovery codes. */
export async function enableTwoStep(engine: Engine, person: Person, email = OWNER.email): Promise<readonly string[]> {
  const { challengeId } = await person.api.self.twoStep.sendEnableCode({ method: 'email' });
  const { recoveryCodes } = await person.api.self.twoStep.enable({ challengeId, code: await engine.codeFor(email) });
  return recoveryCodes;
}

/** Someone who has given the right password and owes the second step. */
export async function pendingOwner(engine: Engine): Promise<Person & { readonly challengeId: string }> {
  const person = personAt(engine);
  const { next } = await person.api.open.signIn.withPassword(CREDENTIALS);
  const { code } = await person.api.open.signIn.pending();
  if (next !== 'secondStep' || !code) throw new Error('A second step with a code was expected.');
  return { ...person, challengeId: code.challengeId };
}

/** The refusal a call ends in; fails when it ends in none, or in a bug. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: DomainCode; data: unknown }> {
  try {
    await call;
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof DomainError) return { code: cause.code, data: cause.data };
    throw error;
  }
  throw new Error('The call was expected to be refused, but it succeeded.');
}

/** Six digits that are not these. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
