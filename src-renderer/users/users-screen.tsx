import { Button, Group } from '@mantine/core';
import { IconDownload, IconUpload, IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { Trouble } from '../ui/failure.tsx';
import { Page } from '../ui/page.tsx';
import type { Me } from '../ui/use-me.ts';
import { useMe } from '../ui/use-me.ts';
import type { Act } from './acts.ts';
import { PeopleTable } from './people-table.tsx';
import type { OpenAct } from './person-dialogs.tsx';
import { PersonDialogs } from './person-dialogs.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import { useQuickActs } from './use-quick-acts.ts';
import { UsersDialogs } from './users-dialogs.tsx';
import { useUsersSearch } from './users-search.ts';
import { UsersToolbar } from './users-toolbar.tsx';

/** Everybody in the workspace (R39). */
export function UsersScreen() {
  const me = useMe().data;
  if (!me) return null;
  if (me.permissions.users === 'none') {
    return (
      <Page title="Users" lead={LEAD}>
        <Trouble title="Your role does not allow this">Ask an owner of the workspace if you need to see it.</Trouble>
      </Page>
    );
  }
  return <Users me={me} />;
}

const LEAD = 'Everybody who signs in here, and how well they are guarded.';

function Users({ me }: { me: Me }) {
  const { search, change } = useUsersSearch();
  const [open, setOpen] = useState<OpenAct | null>(null);
  const quick = useQuickActs();
  const manages = me.permissions.users === 'manage';
  const doTo = (act: Act, person: Person) => {
    if (quick.does(act)) quick.run(act, person);
    else setOpen({ act, person });
  };
  return (
    <Page
      wide
      title="Users"
      lead={LEAD}
      action={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconUsersGroup size={18} aria-hidden />}
            onClick={() => change({ dialog: 'groups' })}
          >
            Groups
          </Button>
          {manages && (
            <Button
              variant="default"
              leftSection={<IconUpload size={18} aria-hidden />}
              onClick={() => change({ dialog: 'import' })}
            >
              Import
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => change({ dialog: 'export' })}
          >
            Export
          </Button>
          {manages && (
            <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => change({ dialog: 'add' })}>
              Add user
            </Button>
          )}
        </Group>
      }
    >
      <UsersToolbar />
      <PeopleTable
        me={me}
        onAct={(act, person) => (act === 'details' ? change({ person: person.id }) : doTo(act, person))}
      />
      <UsersDialogs me={me} dialog={search.dialog} onClose={() => change({ dialog: undefined })} />
      <PersonDrawer
        me={me}
        id={search.person}
        covered={open !== null}
        onClose={() => change({ person: undefined })}
        onAct={doTo}
      />
      <PersonDialogs me={me} open={open} onClose={() => setOpen(null)} />
    </Page>
  );
}
