import type { Icon } from '@tabler/icons-react';
import { IconLogout2, IconUserOff, IconUsersPlus } from '@tabler/icons-react';
import type { Person } from '../../src-main/domain/people.ts';
import { client } from '../api.ts';
import type { Me } from '../ui/use-me.ts';
import { mayDo } from './acts.ts';
import { people } from './import-words.ts';

/** What can be done to many at once. */
export type BulkAct = 'group' | 'suspend' | 'signOut';

/** One act with all that it asked for, to be done to each of many. */
export interface BulkOrder {
  readonly act: BulkAct;
  readonly run: (id: string) => Promise<unknown>;
  /** How it ended, for so many: “3 people are suspended”. */
  readonly told: (count: number) => string;
  /** For those whom it changed nothing about, because they were so before; null where that cannot be. */
  readonly already: string | null;
}

interface BulkWords {
  readonly name: string;
  readonly Icon: Icon;
  readonly danger?: true;
  /** What the bar of its progress is called. */
  readonly bar: string;
}

/** In the order of the bar. */
export const BULK_ACTS: Readonly<Record<BulkAct, BulkWords>> = {
  group: { name: 'Add to group', Icon: IconUsersPlus, bar: 'Adding to the group' },
  suspend: { name: 'Suspend', Icon: IconUserOff, danger: true, bar: 'Suspending' },
  signOut: { name: 'Sign out everywhere', Icon: IconLogout2, bar: 'Signing out' },
};

/** What somebody of these permissions is offered; the engine decides again on each call. */
export function bulkActsFor(me: Me): readonly BulkAct[] {
  const needs = { group: 'edit', suspend: 'suspend', signOut: 'signOut' } as const;
  return (Object.keys(BULK_ACTS) as BulkAct[]).filter((act) => mayDo(needs[act], me));
}

const are = (count: number) => `${people(count)} ${count === 1 ? 'is' : 'are'}`;

export const orderGroup = ({ id: groupId, name }: { id: string; name: string }): BulkOrder => ({
  act: 'group',
  run: (accountId) => client.admin.groups.addMember.mutate({ groupId, accountId }),
  told: (count) => `${are(count)} in ${name}`,
  already: 'in it before',
});

export const orderSuspension = (reason: string): BulkOrder => ({
  act: 'suspend',
  run: (id) => client.admin.users.suspend.mutate({ id, reason }),
  told: (count) => `${are(count)} suspended`,
  already: 'suspended before',
});

export const orderSignOut: BulkOrder = {
  act: 'signOut',
  run: (id) => client.admin.users.signOutEverywhere.mutate({ id }),
  told: (count) => `${are(count)} signed out everywhere`,
  already: null,
};

/** The first few by name, and how many more. */
export function namesOf(chosen: readonly Person[]): string {
  const shown = chosen.slice(0, 4).map(({ name }) => name);
  const more = chosen.length - shown.length;
  if (more > 0) shown.push(`${more.toLocaleString('en')} more`);
  return new Intl.ListFormat('en').format(shown);
}
