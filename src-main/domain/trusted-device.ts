import type { Account } from './account.ts';
import type { Policy } from './policy.ts';
import { DAY, type Duration, type Instant } from './values.ts';

/**
 * A computer on which an account's second step is not asked again for a while (R18). The record decides; the secret is only
 * in the carrier, and a new one takes its place at each use, so that a copied one is found out (S32).
 */
export interface TrustedDevice {
  readonly id: string;
  readonly accountId: string;
  /** Lower-case hex SHA-256 of the secret that is valid now. */
  readonly secretHash: string;
  /** As it was when trust was granted: any change to password or factors ends it (S27). */
  readonly epoch: number;
  /** Likewise for any change of policy (S33). */
  readonly policyVersion: number;
  readonly client: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
}

/** What the carrier shows for a device: which one, and its secret. */
export interface TrustToken {
  readonly id: string;
  readonly secret: string;
}

/** What a sign-in makes of what the carrier had. */
export interface TrustChange {
  /** New, or with a new secret. */
  readonly keep: TrustToken | null;
  /** Devices that count no more. */
  readonly forget: readonly string[];
  /** How long the carrier has it at the most; `session`: until the app is closed. */
  readonly lasts: Duration | 'session';
}

/** One computer may be trusted by so many accounts at once. */
export const TRUSTS_AT_MOST = 10;

/** What the carrier has after a change, the newest first. */
export function changeTrusts(held: readonly TrustToken[], { keep, forget }: TrustChange): readonly TrustToken[] {
  const left = held.filter(({ id }) => id !== keep?.id && !forget.includes(id));
  return (keep ? [keep, ...left] : left).slice(0, TRUSTS_AT_MOST);
}

/** How long a record lasts; `session`: until the app is closed, which the carrier sees to, and a day at most. Null: never. */
export const TRUST_LASTS: Readonly<Record<Policy['trust'], Duration | null>> = {
  never: null,
  session: DAY,
  '1d': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};

/** Whether a record still spares the second step: of this account, as it and policy are now, in time (S31, S33). */
export function isTrusted(
  device: TrustedDevice,
  account: Account,
  policy: Policy,
  policyVersion: number,
  now: Instant,
): boolean {
  return (
    policy.trust !== 'never' &&
    device.accountId === account.id &&
    device.epoch === account.epoch &&
    device.policyVersion === policyVersion &&
    device.createdAt <= now && // one from the future would outlast its days (S37)
    now < device.expiresAt
  );
}
