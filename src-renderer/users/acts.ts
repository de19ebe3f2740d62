import type { Icon } from '@tabler/icons-react';
import {
  IconLockOpen,
  IconLogout2,
  IconNetwork,
  IconPencil,
  IconSend,
  IconShieldX,
  IconUserCheck,
  IconUserOff,
  IconUserShield,
} from '@tabler/icons-react';
import type { Person } from '../../src-main/domain/people.ts';
import { reaches } from '../ui/roles.ts';
import type { Me } from '../ui/use-me.ts';

/** Acts that ask something first, in a dialog of their own. */
export type DialogAct = 'edit' | 'whitelist' | 'reset' | 'role' | 'suspend';
/** Acts that harm nothing and are done at once. */
export type QuickAct = 'unlock' | 'reinstate' | 'signOut' | 'invite';
export type Act = DialogAct | QuickAct;

interface ActWords {
  readonly name: string;
  readonly Icon: Icon;
  readonly danger?: true;
}

/** By their name in the menu, in its order. */
export const ACTS: Readonly<Record<Act, ActWords>> = {
  edit: { name: 'Edit', Icon: IconPencil },
  invite: { name: 'Send invitation again', Icon: IconSend },
  role: { name: 'Change role', Icon: IconUserShield },
  whitelist: { name: 'Whitelist of IP addresses', Icon: IconNetwork },
  unlock: { name: 'Unlock', Icon: IconLockOpen },
  signOut: { name: 'Sign out everywhere', Icon: IconLogout2 },
  reset: { name: 'Reset two-step verification', Icon: IconShieldX, danger: true },
  suspend: { name: 'Suspend', Icon: IconUserOff, danger: true },
  reinstate: { name: 'Reinstate', Icon: IconUserCheck },
};

/** What the account's state leaves to do. */
const FITS: Readonly<Record<Act, (person: Person) => boolean>> = {
  edit: () => true,
  invite: ({ state }) => state === 'invited',
  role: () => true,
  whitelist: () => true,
  unlock: ({ locked }) => locked,
  signOut: ({ state }) => state === 'active',
  reset: ({ twoStep, state }) => twoStep === 'active' && state !== 'invited',
  suspend: ({ state }) => state !== 'suspended',
  reinstate: ({ state }) => state === 'suspended',
};

const NEVER_ON_ONESELF: readonly Act[] = ['role', 'reset', 'suspend', 'reinstate', 'signOut'];

/** Whether somebody of these permissions is offered an act at all. */
export function mayDo(act: Act, { permissions }: Me): boolean {
  const manages = permissions.users === 'manage';
  const helps = permissions.helpDesk === 'manage';
  if (act === 'reset') return helps;
  return act === 'unlock' || act === 'signOut' ? manages || helps : manages;
}

/** Which acts somebody of these permissions is offered on a person in this state; the engine decides again on each call. */
export function actsOn(person: Person, me: Me): readonly Act[] {
  return (Object.keys(ACTS) as Act[]).filter((act) => mayDo(act, me) && FITS[act](person));
}

/** Why an act that is offered cannot be done to this person by this one; null when it can. */
export function obstacle(act: Act, person: Person, me: Me): string | null {
  if (person.id === me.account.id) return NEVER_ON_ONESELF.includes(act) ? 'Not on your own account' : null;
  return reaches(me.account.role, person.role) ? null : 'Their role is as high as yours, or higher';
}
