import type { Account, Role } from './account.ts';

/** Parts of the product a permission speaks of (R40). */
export type Module = 'profile' | 'users' | 'generalSettings' | 'connections' | 'helpDesk' | 'auditLog' | 'reports';
export type Level = 'none' | 'view' | 'manage';
export type Permissions = Readonly<Record<Module, Level>>;
/** What each role may, as the workspace has it now. */
export type RoleMatrix = Readonly<Record<Role, Permissions>>;

const ORDER: Readonly<Record<Level, number>> = { none: 0, view: 1, manage: 2 };
const RANK: Readonly<Record<Role, number>> = { owner: 4, admin: 3, manager: 2, helpDesk: 1, member: 0 };

const NOTHING: Permissions = {
  profile: 'manage',
  users: 'none',
  generalSettings: 'none',
  connections: 'none',
  helpDesk: 'none',
  auditLog: 'none',
  reports: 'none',
};

const EVERYTHING: Permissions = {
  profile: 'manage',
  users: 'manage',
  generalSettings: 'manage',
  connections: 'manage',
  helpDesk: 'manage',
  auditLog: 'view',
  reports: 'view',
};

/** What the roles may until somebody edits them. */
export const DEFAULT_ROLES: RoleMatrix = {
  owner: EVERYTHING,
  admin: EVERYTHING,
  manager: { ...NOTHING, users: 'view', generalSettings: 'manage', reports: 'view' },
  helpDesk: { ...NOTHING, users: 'view', helpDesk: 'manage' },
  member: NOTHING,
};

/** Read afresh at each call: a change to a role or to its permissions takes effect on the very next one (S39). */
export function may(permissions: Permissions, module: Module, level: Level): boolean {
  return ORDER[permissions[module]] >= ORDER[level];
}

/** Privileged roles have shorter sessions (NIST 2.3.3) and may have to use phishing-resistant methods (R38). */
export function isPrivileged(role: Role): boolean {
  return role !== 'member';
}

/**
 * Whether somebody's role allows acting on another's account at all, whatever their permissions: owners on everyone, others
 * on lower ranks only, so that help desk never touches an admin nor an admin an owner (R41, S39, S41).
 */
export function outranks(actor: Role, target: Role): boolean {
  return actor === 'owner' || RANK[actor] > RANK[target];
}

/** Whether somebody may give this role to another: one's own or a higher one is for owners alone (S39). */
export function mayGrant(actor: Role, role: Role): boolean {
  return outranks(actor, role);
}

/** Whether the second role is the higher one. */
export function isPromotion(from: Role, to: Role): boolean {
  return RANK[to] > RANK[from];
}

/** Owners may everything, and everybody their own profile: neither can be edited away. */
export function isFixed(role: Role, module: Module): boolean {
  return role === 'owner' || module === 'profile';
}

/** An owner who can sign in: at least one always remains (R40, S40). */
export function isUsableOwner(account: Account): boolean {
  return (
    account.role === 'owner' &&
    account.passwordHash !== null &&
    account.suspendedAt === null &&
    account.deletedAt === null
  );
}
