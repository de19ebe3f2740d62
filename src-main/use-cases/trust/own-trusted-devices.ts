import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import { isTrusted, type TrustedDevice, type TrustToken } from '../../domain/trusted-device.ts';
import type { Deps } from '../../ports/deps.ts';

/** A trusted device as its owner sees it. */
export interface TrustedDeviceView
  extends Pick<TrustedDevice, 'id' | 'client' | 'createdAt' | 'lastUsedAt' | 'expiresAt'> {
  /** The one this call comes from. */
  readonly current: boolean;
}

/** One's own devices that still spare the second step, used last first (R18). @param held by the carrier of this call */
export async function listTrustedDevices(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { account }: Actor,
  held: readonly TrustToken[],
): Promise<TrustedDeviceView[]> {
  const now = clock.now();
  return store.read(async (tx) => {
    const { policy, version } = await tx.workspace.policy();
    const devices = await tx.trustedDevices.listFor(account.id);
    return devices
      .filter((device) => isTrusted(device, account, policy, version, now))
      .map(({ id, client, createdAt, lastUsedAt, expiresAt }) => {
        return { id, client, createdAt, lastUsedAt, expiresAt, current: held.some((token) => token.id === id) };
      });
  });
}

/** Trusts one device of one's own no more; an id of somebody else's is as unknown as any. @throws {DomainError} `notFound` */
export async function revokeTrustedDevice(
  { store, clock }: Deps,
  { caller, account }: Actor,
  id: string,
): Promise<void> {
  const now = clock.now();
  const outcome = await store.transaction(async (tx) => {
    const device = await tx.trustedDevices.find(id);
    const revoked = device?.accountId === account.id && (await tx.trustedDevices.remove(id));
    const kind = revoked ? 'trustRevoked' : 'accessDenied';
    const detail = revoked ? { count: 1 } : { reason: 'revokeTrustedDevice' };
    await tx.audit.append(auditEntry(kind, now, caller, oneself(account.id), detail));
    return revoked ? done(undefined) : refused('notFound');
  });
  return settle(outcome);
}

/** Trusts none of one's own devices any more. */
export async function revokeTrustedDevices({ store, clock }: Deps, { caller, account }: Actor): Promise<void> {
  const now = clock.now();
  await store.transaction(async (tx) => {
    const count = await tx.trustedDevices.removeAllFor(account.id);
    await tx.audit.append(auditEntry('trustRevoked', now, caller, oneself(account.id), { count }));
  });
}
