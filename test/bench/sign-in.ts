import { proveCode } from '../../src-main/use-cases/sign-in/prove-code.ts';
import { seePending } from '../../src-main/use-cases/sign-in/see-pending.ts';
import { signInWithPassword } from '../../src-main/use-cases/sign-in/sign-in-with-password.ts';
import { type BenchEngine, CALLER, PASSWORD } from './engine.ts';

/** A whole sign-in with password and e-mailed code, as the screens do it. Gives the session's token. */
export async function signIn({ deps, accounts, lastCode }: BenchEngine, index: number): Promise<string> {
  const email = accounts[index % accounts.length]?.email ?? '';
  const { token } = await signInWithPassword(deps, CALLER, { email, password: PASSWORD });
  const { code: sent } = await seePending(deps, CALLER, token);
  const answer = { challengeId: sent?.challengeId ?? '', code: lastCode() };
  return (await proveCode(deps, CALLER, token, answer)).token;
}
