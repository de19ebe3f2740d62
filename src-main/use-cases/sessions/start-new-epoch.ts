import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { hashToken } from '../../domain/token.ts';
import type { Deps } from '../../ports/deps.ts';
import type { AccountChange, Tx } from '../../ports/store.ts';

/**
 * Inside a transaction: makes a change to password or factors and starts a new epoch, so that whatever was
 * granted or begun before is void: other sessions, pending sign-ins, trusted devices, open codes (R6, S15, S27). The session
 * that acts goes on under a new token (S16), which is the result.
 * @param others `keep` only where policy spares sessions on enabling (S27)
 */
export async function startNewEpoch(
  { random }: Pick<Deps, 'random'>,
  tx: Tx,
  account: Account,
  { session }: Actor,
  change: AccountChange,
  others: 'end' | 'keep' = 'end',
): Promise<string> {
  const epoch = account.epoch + 1;
  await tx.accounts.change(account.id, { ...change, epoch });
  if (others === 'end') await tx.sessions.removeAllFor(account.id, session.id);
  else await carryOver(tx, account, session.id, epoch);
  await tx.pendingSignIns.removeAllFor(account.id);
  await tx.trustedDevices.removeAllFor(account.id);
  await tx.challenges.voidFor(account.id);
  const token = random.token();
  await tx.sessions.rotate(session.id, hashToken(token), epoch);
  return token;
}

/** Takes full sessions of the present epoch along; one that an earlier change had ended stays ended (S27). */
async function carryOver(tx: Tx, account: Account, own: string, epoch: number): Promise<void> {
  for (const { id, epoch: granted, scope } of await tx.sessions.listFor(account.id)) {
    if (granted !== account.epoch || (scope === 'enrolOnly' && id !== own)) await tx.sessions.remove(id);
  }
  await tx.sessions.carryOver(account.id, epoch);
}
