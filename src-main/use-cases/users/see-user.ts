import type { Account, Role } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { type Person, personOf } from '../../domain/people.ts';
import { may, mayGrant, outranks, type RoleMatrix } from '../../domain/role.ts';
import { isLive } from '../../domain/session.ts';
import { isTrusted, type TrustedDevice } from '../../domain/trusted-device.ts';
import type { Deps } from '../../ports/deps.ts';
import { denyAccess } from '../sessions/authenticate.ts';

/** Somebody's account as who manages it sees it: nothing in it is a secret. */
export interface UserView extends Person {
  readonly allowlist: readonly string[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly trustedDevices: readonly Pick<TrustedDevice, 'id' | 'client' | 'createdAt' | 'lastUsedAt' | 'expiresAt'>[];
  /** Live ones. */
  readonly sessions: number;
  /** Whether one's role reaches as far as this account; oneself it does not. */
  readonly mayAct: boolean;
  /** Roles that one may give it. */
  readonly grantable: readonly Role[];
}

const ROLES: readonly Role[] = ['owner', 'admin', 'manager', 'helpDesk', 'member'];

/** One account in full. @throws {DomainError} `notFound` */
export async function seeUser(deps: Pick<Deps, 'store' | 'clock'>, by: Actor, id: string): Promise<UserView> {
  const now = deps.clock.now();
  const view = await deps.store.read(async (tx) => {
    const account = await tx.accounts.find(id);
    if (!account || account.deletedAt !== null) return null;
    const inForce = await tx.workspace.policy();
    const factors = await tx.factors.listFor(id);
    const exemption = await tx.exceptions.exemptionFor(id);
    const devices = await tx.trustedDevices.listFor(id);
    const sessions = await tx.sessions.listFor(id);
    return {
      ...personOf({ account, factors, exemption }, inForce, now),
      allowlist: account.allowlist,
      groups: (await tx.groups.groupsOf(id)).map(({ id, name }) => ({ id, name })),
      trustedDevices: devices
        .filter((device) => isTrusted(device, account, inForce.policy, inForce.version, now))
        .map(({ id, client, createdAt, lastUsedAt, expiresAt }) => ({ id, client, createdAt, lastUsedAt, expiresAt })),
      sessions: sessions.filter((session) => isLive(session, account, now)).length,
      ...reachOf(by.account, account, await tx.roles.matrix()),
    };
  });
  return view ?? denyAccess(deps, by.caller, { actorId: by.account.id, targetId: null }, 'admin.users.see', 'notFound');
}

function reachOf(actor: Account, target: Account, matrix: RoleMatrix): Pick<UserView, 'mayAct' | 'grantable'> {
  const reaches = actor.id !== target.id && outranks(actor.role, target.role);
  const manages = may(matrix[actor.role], 'users', 'manage');
  return {
    mayAct: reaches && (manages || may(matrix[actor.role], 'helpDesk', 'manage')),
    grantable: reaches && manages ? ROLES.filter((role) => mayGrant(actor.role, role)) : [],
  };
}
