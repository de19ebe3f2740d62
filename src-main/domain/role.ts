import type { Role } from './account.ts';

/** Parts of the product a permission speaks of (R40). */
export type Module = 'profile' | 'users' | 'generalSettings' | 'connections' | 'helpDesk' | 'auditLog' | 'reports';
export type Level = 'none' | 'view' | 'manage';
export type Permissions = Readonly<Record<Module, Level>>;

const ORDER: Readonly<Record<Level, number>> = { none: 0, view: 1, manage: 2 };

const PERMISSIONS: Readonly<Record<Role, Permissions>> = {
  owner: {
    profile: 'manage',
    users: 'manage',
    generalSettings: 'manage',
    connections: 'manage',
    helpDesk: 'manage',
    auditLog: 'view',
    reports: 'view',
  },
  member: {
    profile: 'manage',
    users: 'none',
    generalSettings: 'none',
    connections: 'none',
    helpDesk: 'none',
    auditLog: 'none',
    reports: 'none',
  },
};

export function permissionsOf(role: Role): Permissions {
  return PERMISSIONS[role];
}

/** Read afresh from the account at each call: a change takes effect on the very next one (S39). */
export function may(role: Role, module: Module, level: Level): boolean {
  return ORDER[PERMISSIONS[role][module]] >= ORDER[level];
}

/** Privileged roles have shorter sessions (NIST 2.3.3). */
export function isPrivileged(role: Role): boolean {
  return role === 'owner';
}
