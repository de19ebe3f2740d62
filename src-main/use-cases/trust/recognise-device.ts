import type { Account } from '../../domain/account.ts';
import { auditEntry, stranger } from '../../domain/audit.ts';
import { isLocked } from '../../domain/lockout.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import { hashToken } from '../../domain/token.ts';
import {
  isTrusted,
  TRUST_LASTS,
  type TrustChange,
  type TrustedDevice,
  type TrustToken,
} from '../../domain/trusted-device.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

export interface Recognised {
  /** The account's record of this computer, where it spares the second step now. */
  readonly device: TrustedDevice | null;
  /** What the carrier holds in vain. */
  readonly forget: readonly string[];
}

const UNKNOWN: Recognised = { device: null, forget: [] };

/**
 * Inside a transaction, after the right password: which of the account's trusted devices calls, if any (R18). Records of
 * other accounts are not looked at (S31). An old secret of a known record is a copy at work: the record is gone with it,
 * whoever has the new one (S32). While the clock is wrong or the account is locked, no device is trusted (S37).
 */
export async function recogniseDevice(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  caller: Caller,
  account: Account,
  { policy, version }: PolicyInForce,
  held: readonly TrustToken[],
  now: Instant,
): Promise<Recognised> {
  if (held.length === 0 || account.twoStep === 'off' || isLocked(account.throttle, now) || clock.isWrong())
    return UNKNOWN;
  let device: TrustedDevice | null = null;
  const forget: string[] = [];
  for (const own of await tx.trustedDevices.listFor(account.id)) {
    const token = held.find(({ id }) => id === own.id);
    if (!token) continue;
    const isCopy = hashToken(token.secret) !== own.secretHash;
    if (!isCopy && isTrusted(own, account, policy, version, now)) {
      device ??= own;
      continue;
    }
    await tx.trustedDevices.remove(own.id);
    forget.push(own.id);
    if (isCopy) await tx.audit.append(auditEntry('trustReplayed', now, caller, stranger(account.id)));
  }
  return { device, forget };
}

/** Inside the transaction of the sign-in it spares: a new secret in the old one's place; null when another was faster (S32). */
export async function renewTrust(
  { random }: Pick<Deps, 'random'>,
  tx: Tx,
  { id, secretHash }: TrustedDevice,
  { policy }: PolicyInForce,
  now: Instant,
): Promise<Pick<TrustChange, 'keep' | 'lasts'> | null> {
  const secret = random.token();
  if (!(await tx.trustedDevices.rotate(id, secretHash, hashToken(secret), now))) return null;
  return { keep: { id, secret }, lasts: carriedFor(policy.trust) };
}

/** At the most: the record itself may end sooner. */
export function carriedFor(trust: PolicyInForce['policy']['trust']): TrustChange['lasts'] {
  return trust === 'session' ? 'session' : (TRUST_LASTS[trust] ?? 0);
}
