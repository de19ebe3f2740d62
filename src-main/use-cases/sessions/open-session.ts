import type { Account } from '../../domain/account.ts';
import { limitsFor, type Session } from '../../domain/session.ts';
import { hashToken } from '../../domain/token.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

/**
 * Inside a transaction: a new session under a token nobody has seen before (S16). Gives the token, which is
 * kept nowhere else.
 */
export async function openSession(
  { random }: Pick<Deps, 'random'>,
  tx: Tx,
  account: Account,
  caller: Caller,
  provenWith: Session['provenWith'],
  now: Instant,
  scope: Session['scope'] = 'full',
): Promise<string> {
  const token = random.token();
  await tx.sessions.add({
    id: random.id(),
    accountId: account.id,
    tokenHash: hashToken(token),
    epoch: account.epoch,
    surface: caller.surface,
    client: caller.client,
    address: caller.addresses[0] ?? '',
    scope,
    provenWith,
    createdAt: now,
    lastSeenAt: now,
    endsAt: now + limitsFor(account.role, scope).absolute,
  });
  return token;
}
