import type { Role, Someone } from './who.ts';

const RANK: Record<Role, number> = { owner: 4, admin: 3, manager: 2, helpDesk: 1, member: 0 };

/** R40: what of users and policy each role may manage, as a new workspace has it. */
export const MANAGES = {
  generalSettings: ['owner', 'admin', 'manager'],
  users: ['owner', 'admin'],
  helpDesk: ['owner', 'admin', 'helpDesk'],
} as const satisfies Record<string, readonly Role[]>;

export function manages(role: Role, ...modules: (keyof typeof MANAGES)[]): boolean {
  return modules.some((module) => (MANAGES[module] as readonly Role[]).includes(role));
}

/** R41, S39: nobody acts on who is as high as themselves or higher; owners act on everybody. */
export function outranks(agent: Role, target: Role): boolean {
  return agent === 'owner' || RANK[agent] > RANK[target];
}

export function isHigher(role: Role, than: Role): boolean {
  return RANK[role] > RANK[than];
}

/** S39: and nobody gives away more than they could take back. */
export function mayGrant(agent: Role, role: Role): boolean {
  return outranks(agent, role);
}

/** R40: somebody who can get in and decide everything. */
export function isUsableOwner({ role, state, suspended }: Pick<Someone, 'role' | 'state' | 'suspended'>): boolean {
  return role === 'owner' && state === 'joined' && !suspended;
}
