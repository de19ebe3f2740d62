import {
  IconHome,
  IconInbox,
  IconPlugConnected,
  IconShieldCog,
  IconUserCog,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import type { Me } from './use-me.ts';

interface Page {
  readonly to: '/' | '/profile' | '/outbox' | '/users' | '/workspace' | '/roles' | '/connections';
  readonly name: string;
  readonly Icon: typeof IconHome;
  readonly group: 'You' | 'Workspace' | 'Help desk';
  /** Whether it works for this person now; the engine decides again on every call. */
  readonly open: (me: Me, outbox: boolean) => boolean;
}

const PAGES: readonly Page[] = [
  { to: '/', name: 'Home', Icon: IconHome, group: 'You', open: () => true },
  {
    to: '/profile',
    name: 'Profile settings',
    Icon: IconUserCog,
    group: 'You',
    open: (me) => me.permissions.profile !== 'none',
  },
  { to: '/outbox', name: 'Outbox', Icon: IconInbox, group: 'You', open: (_, outbox) => outbox },
  { to: '/users', name: 'Users', Icon: IconUsers, group: 'Workspace', open: (me) => me.permissions.users !== 'none' },
  {
    to: '/workspace',
    name: 'Workspace settings',
    Icon: IconShieldCog,
    group: 'Workspace',
    open: (me) => me.permissions.generalSettings !== 'none',
  },
  {
    to: '/roles',
    name: 'Roles',
    Icon: IconUserShield,
    group: 'Workspace',
    open: (me) => me.permissions.users !== 'none',
  },
  {
    to: '/connections',
    name: 'Connections',
    Icon: IconPlugConnected,
    group: 'Workspace',
    open: (me) => me.permissions.connections !== 'none',
  },
];

/** The pages this person can open, in the order of the navigation. */
export function pagesOf(me: Me | undefined, outbox: boolean): Page[] {
  return me ? PAGES.filter((page) => page.open(me, outbox)) : [];
}
