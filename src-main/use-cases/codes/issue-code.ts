import type { Account } from '../../domain/account.ts';
import { type Challenge, type ChallengePurpose, MESSAGE_FOR } from '../../domain/challenge.ts';
import { CODE_LIFETIME, decideSend, drawCode } from '../../domain/code.ts';
import { done, type Outcome, refused } from '../../domain/errors.ts';
import { DAY, type Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';

/**
 * Inside a transaction: a new challenge and the letter that carries its code (ARCHITECTURE 6). Only the newest
 * code of a purpose works. Refuses with `resendTooSoon` (R15) or `tooManyCodes` (SECURITY 2); the caller audits.
 * @param to one's own address, unless it is a new one that is to be confirmed
 * @param boundTo the pending sign-in or session in which alone the code will be accepted (S6)
 */
export async function issueCode(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  account: Account,
  purpose: ChallengePurpose,
  boundTo: string,
  now: Instant,
  to: string = account.email,
): Promise<Outcome<Challenge>> {
  const sends = await tx.challenges.sendsSince(account.id, now - DAY);
  const last = await tx.challenges.findLatest(account.id, purpose, boundTo);
  const decision = decideSend(sends, last?.createdAt ?? null, now);
  if (decision.kind === 'wait') return refused('resendTooSoon', { resendAt: decision.resendAt });
  if (decision.kind === 'capped') return refused('tooManyCodes', { retryAt: decision.retryAt });

  const id = deps.random.id();
  const code = drawCode((bound) => deps.random.below(bound));
  const expiresAt = now + CODE_LIFETIME;
  await tx.challenges.voidFor(account.id, purpose);
  const messageId = await enqueueLetter(
    deps,
    tx,
    { ...account, email: to },
    { kind: MESSAGE_FOR[purpose], code, expiresAt },
    now,
  );
  const challenge: Challenge = {
    id,
    accountId: account.id,
    purpose,
    boundTo,
    sentTo: to,
    codeMac: deps.vault.codeMac(id, code),
    epoch: account.epoch,
    tries: 0,
    lastWrongMac: null,
    createdAt: now,
    expiresAt,
    messageId,
  };
  await tx.challenges.add(challenge);
  return done(challenge);
}
