import type { MantineColorScheme } from '@mantine/core';
import { useMantineColorScheme } from '@mantine/core';
import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { Spotlight } from '@mantine/spotlight';
import {
  IconDeviceDesktop,
  IconDownload,
  IconLogout,
  IconMoon,
  IconPassword,
  IconRefresh,
  IconSearch,
  IconShieldCheck,
  IconSun,
  IconUpload,
  IconUser,
  IconUserPlus,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useFoundPeople } from './found-people.ts';
import { pagesOf } from './pages.ts';
import type { ProfileDialog, UsersDialog } from './signposts.ts';
import type { Me } from './use-me.ts';
import { useSignOut } from './use-sign-out.ts';

/** Ctrl or Cmd + K: pages, acts and people by name. */
export function Palette({ me, outbox }: { me: Me; outbox: boolean }) {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const act = (dialog: ProfileDialog, label: string, Icon: typeof IconPassword) => ({
    id: dialog,
    label,
    leftSection: <Icon size={20} stroke={1.75} aria-hidden />,
    onClick: () => void navigate({ to: '/profile', search: { dialog } }),
  });
  const people = (dialog: UsersDialog, label: string, Icon: typeof IconPassword) => ({
    id: `users-${dialog}`,
    label,
    leftSection: <Icon size={20} stroke={1.75} aria-hidden />,
    onClick: () => void navigate({ to: '/users', search: { dialog } }),
  });
  const { users } = me.permissions;
  const [query, setQuery] = useState('');
  const found = useFoundPeople(query, users !== 'none');
  const colours = (scheme: MantineColorScheme, label: string, Icon: typeof IconSun) => ({
    id: scheme,
    label,
    leftSection: <Icon size={20} stroke={1.75} aria-hidden />,
    onClick: () => setColorScheme(scheme),
  });
  const active = me.twoStep === 'active';
  const actions: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: pagesOf(me, outbox).map(({ to, name, Icon }) => ({
        id: to,
        label: name,
        leftSection: <Icon size={20} stroke={1.75} aria-hidden />,
        onClick: () => void navigate({ to }),
      })),
    },
    {
      group: 'People',
      actions: found.people.map(({ id, name, email }) => ({
        id: `person-${id}`,
        label: name,
        description: email,
        keywords: [query], // the engine found them by it; the palette's own filter knows fewer ways
        leftSection: <IconUser size={20} stroke={1.75} aria-hidden />,
        onClick: () => void navigate({ to: '/users', search: { person: id } }),
      })),
    },
    {
      group: 'Users',
      actions: [
        ...(users === 'manage'
          ? [people('add', 'Add user', IconUserPlus), people('import', 'Import users', IconUpload)]
          : []),
        ...(users === 'none'
          ? []
          : [people('export', 'Export users', IconDownload), people('groups', 'Groups', IconUsersGroup)]),
      ],
    },
    {
      group: 'Your account',
      actions: [
        act('twoStep', active ? 'Disable two-step verification' : 'Enable two-step verification', IconShieldCheck),
        ...(active ? [act('newCodes', 'Generate new recovery codes', IconRefresh)] : []),
        act('password', 'Change password', IconPassword),
        {
          id: 'signOut',
          label: 'Sign out',
          leftSection: <IconLogout size={20} stroke={1.75} aria-hidden />,
          onClick: () => signOut.mutate(),
        },
      ],
    },
    {
      group: 'Colours',
      actions: [
        colours('light', 'Light colours', IconSun),
        colours('dark', 'Dark colours', IconMoon),
        colours('auto', 'Colours as the system has them', IconDeviceDesktop),
      ],
    },
  ];
  const what = users === 'none' ? 'Pages and actions' : 'Pages, people and actions';
  return (
    <Spotlight
      title="Go somewhere or do something"
      actions={actions.filter((group) => group.actions.length > 0)}
      shortcut="mod + K"
      query={query}
      onQueryChange={setQuery}
      nothingFound={found.looking ? 'Looking for people…' : 'Nothing by that name'}
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: what,
        'aria-label': what,
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  );
}
