import type { Account } from '../../domain/account.ts';
import { type AskedIn, CODE_TRIES, MALFORMED, readCode, weighCode } from '../../domain/code.ts';
import { done, type Outcome, refused } from '../../domain/errors.ts';
import { isLocked } from '../../domain/lockout.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { recordFailure } from './record-failure.ts';

/** What a person answered a code challenge with. `code` is whatever arrived: nonsense counts as a wrong code (S5). */
export interface CodeAnswer {
  readonly challengeId: string;
  readonly code?: unknown;
}

/**
 * Inside a transaction: weighs the answer, counts a wrong one against challenge and account alike (S10, S11), and
 * redeems a right one with a single winner (S7). The caller audits: a refusal here is not on record by itself.
 */
export async function answerCode(
  deps: Pick<Deps, 'vault' | 'random'>,
  tx: Tx,
  account: Account,
  askedIn: Pick<AskedIn, 'purpose' | 'boundTo'>,
  answer: CodeAnswer,
  now: Instant,
): Promise<Outcome<'redeemed'>> {
  const weighed = await weighAnswer(deps, tx, account, askedIn, answer, now);
  if (weighed.kind === 'refused') return weighed;
  return (await tx.challenges.redeem(answer.challengeId)) ? done('redeemed') : refused('challengeExpired');
}

/** Inside a transaction: all of `answerCode` but the redeeming, for an act that asks for more than this code. */
export async function weighAnswer(
  deps: Pick<Deps, 'vault' | 'random'>,
  tx: Tx,
  account: Account,
  askedIn: Pick<AskedIn, 'purpose' | 'boundTo'>,
  answer: CodeAnswer,
  now: Instant,
): Promise<Outcome<'right'>> {
  if (isLocked(account.throttle, now)) return refused('locked', { until: account.throttle.lockedUntil });
  const challenge = await tx.challenges.find(answer.challengeId);
  const code = readCode(answer.code);
  const mac = code === null ? MALFORMED : deps.vault.codeMac(answer.challengeId, code);
  const place: AskedIn = { ...askedIn, accountId: account.id, epoch: account.epoch };

  switch (weighCode(challenge, place, mac, now)) {
    case 'right':
      return done('right');
    case 'repeated':
      return refused('codeRejected', { triesLeft: CODE_TRIES - (challenge?.tries ?? 0) });
    case 'wrong': {
      const counted = await tx.challenges.countWrong(answer.challengeId, mac);
      await recordFailure(deps, tx, account, now);
      const triesLeft = CODE_TRIES - (counted?.tries ?? CODE_TRIES);
      return triesLeft > 0 ? refused('codeRejected', { triesLeft }) : refused('challengeBurnt');
    }
    case 'burnt':
      return refused('challengeBurnt');
    case 'expired':
    case 'foreign':
      return refused('challengeExpired');
  }
}
