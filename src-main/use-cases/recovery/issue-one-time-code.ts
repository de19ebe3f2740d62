import type { Account } from '../../domain/account.ts';
import { drawOneTimeCode, LIFETIME_OF, type OneTimePurpose, readOneTimeCode } from '../../domain/one-time-code.ts';
import { hashToken } from '../../domain/token.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

export interface IssuedCode {
  /** To be shown or mailed; kept nowhere. */
  readonly code: string;
  readonly expiresAt: Instant;
}

/** Inside a transaction: a new one-time code. Only the newest of a purpose works, but for undoing, where each change has its own. */
export async function issueOneTimeCode(
  { random }: Pick<Deps, 'random'>,
  tx: Tx,
  { id: accountId }: Pick<Account, 'id'>,
  purpose: OneTimePurpose,
  sentTo: string,
  now: Instant,
): Promise<IssuedCode> {
  const code = drawOneTimeCode((bound) => random.below(bound));
  const expiresAt = now + LIFETIME_OF[purpose];
  const codeHash = hashOneTimeCode(code) ?? '';
  if (purpose !== 'undoEmailChange') await tx.oneTimeCodes.voidFor(accountId, purpose);
  await tx.oneTimeCodes.add({ id: random.id(), accountId, purpose, codeHash, sentTo, createdAt: now, expiresAt });
  return { code, expiresAt };
}

/** What the store knows a code by; null for what cannot be one. */
export function hashOneTimeCode(input: unknown): string | null {
  const letters = readOneTimeCode(input);
  return letters === null ? null : hashToken(letters);
}
