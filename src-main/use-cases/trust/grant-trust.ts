import type { Account } from '../../domain/account.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import { hashToken } from '../../domain/token.ts';
import { TRUST_LASTS, type TrustChange, type TrustToken } from '../../domain/trusted-device.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { carriedFor } from './recognise-device.ts';

/**
 * Inside the transaction that opens the session, after a second step by a factor: trusts this computer for as long as
 * policy says, in place of what the account had for it (R18). Null where policy allows none, or the clock is wrong (S37).
 */
export async function grantTrust(
  { random, clock }: Pick<Deps, 'random' | 'clock'>,
  tx: Tx,
  account: Account,
  caller: Caller,
  { policy, version }: PolicyInForce,
  held: readonly TrustToken[],
  now: Instant,
): Promise<TrustChange | null> {
  const lasts = TRUST_LASTS[policy.trust];
  if (lasts === null || clock.isWrong()) return null;
  const forget: string[] = [];
  for (const { id } of await tx.trustedDevices.listFor(account.id)) {
    if (held.some((token) => token.id === id) && (await tx.trustedDevices.remove(id))) forget.push(id);
  }
  const keep = { id: random.id(), secret: random.token() };
  await tx.trustedDevices.add({
    id: keep.id,
    accountId: account.id,
    secretHash: hashToken(keep.secret),
    epoch: account.epoch,
    policyVersion: version,
    client: caller.client,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + lasts,
  });
  await tx.audit.append(auditEntry('trustGranted', now, caller, oneself(account.id), { after: policy.trust }));
  return { keep, forget, lasts: carriedFor(policy.trust) };
}
