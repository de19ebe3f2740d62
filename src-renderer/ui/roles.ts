import type { Role } from '../../src-main/domain/account.ts';

/** Roles by their name on screen, the most privileged first. */
export const ROLES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  manager: 'Manager',
  helpDesk: 'Help desk',
  member: 'Member',
};
