import type { Role } from '../../src-main/domain/account.ts';

/** Roles by their name on screen, the most privileged first. */
export const ROLES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  manager: 'Manager',
  helpDesk: 'Help desk',
  member: 'Member',
};

/** What a role is for, in one sentence each; what it may exactly stands in the roles editor. */
export const ROLE_HINTS: Readonly<Record<Role, string>> = {
  owner: 'May do everything, and alone decides what the other roles may.',
  admin: 'Runs the workspace: its policy, its connections, and everyone below an admin.',
  manager: 'Sees everyone, and keeps the policy.',
  helpDesk: 'Lets people back in who cannot sign in.',
  member: 'Looks after their own account.',
};

const RANKED = Object.keys(ROLES) as Role[];

/** Whether offering to act on that role makes sense; the engine decides again (`domain/role.ts`, "outranks"). */
export function reaches(actor: Role, target: Role): boolean {
  return actor === 'owner' || RANKED.indexOf(actor) < RANKED.indexOf(target);
}
