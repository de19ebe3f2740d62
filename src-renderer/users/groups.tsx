import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPencil, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { failureOf, fieldErrors } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { told } from '../ui/told.ts';
import classes from './groups.module.css';
import { useUsersSearch } from './users-search.ts';

type GroupRow = Answers['admin']['groups']['list'][number];

/** Groups of people, for exceptions from policy and for filters (R37). */
export function Groups({ manages }: { manages: boolean }) {
  const groups = useQuery(api.admin.groups.list.queryOptions());
  if (groups.isPending) return <Loading />;
  if (groups.isLoadingError) return <Problem error={groups.error} retry={groups.refetch} />;
  return (
    <Stack gap="md">
      <Text size="sm">
        A group lets you find people together, and gives them more time together in Workspace settings.
        {manages && ' Who is in it stands in each person’s details.'}
      </Text>
      {groups.data.length === 0 ? (
        <Empty Icon={IconUsersGroup} title="There are no groups yet">
          {manages ? 'Name the first one below.' : 'Whoever manages users can add them.'}
        </Empty>
      ) : (
        <ul className={classes.list} aria-label="Groups">
          {groups.data.map((group) => (
            <GroupLine key={group.id} group={group} manages={manages} />
          ))}
        </ul>
      )}
      {manages && <AddGroup />}
    </Stack>
  );
}

const peopleIn = ({ members }: GroupRow) => (members === 1 ? '1 person' : `${members.toLocaleString('en')} people`);

function useRefresh() {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries(api.admin.groups.pathFilter());
    await queries.invalidateQueries(api.admin.users.pathFilter());
  };
}

function GroupLine({ group, manages }: { group: GroupRow; manages: boolean }) {
  const [mode, setMode] = useState<'shown' | 'renaming' | 'removing'>('shown');
  const { search, change } = useUsersSearch();
  const refresh = useRefresh();
  const remove = useMutation(
    api.admin.groups.remove.mutationOptions({
      onSuccess: async () => {
        told(`The group ${group.name} is removed`, 'The people stay.');
        if (search.group === group.id) change({ group: undefined });
        await refresh();
      },
    }),
  );
  if (mode === 'renaming') {
    return (
      <li>
        <RenameGroup group={group} onDone={() => setMode('shown')} />
      </li>
    );
  }
  return (
    <li>
      <div className={classes.line}>
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.name ?? ''}
          title={`Show who is in ${group.name}`}
          onClick={() => change({ group: group.id, dialog: undefined })}
        >
          {group.name}
        </Button>
        <Text size="sm" c="dimmed" className="numerals">
          {peopleIn(group)}
        </Text>
        {manages && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Rename ${group.name}`}
              onClick={() => setMode('renaming')}
            >
              <IconPencil size={18} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${group.name}`}
              aria-expanded={mode === 'removing'}
              onClick={() => setMode(mode === 'removing' ? 'shown' : 'removing')}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        )}
      </div>
      {mode === 'removing' && (
        <Group justify="space-between" gap="xs" pb="xs">
          <Text size="sm">The people stay; extra time they had through the group ends.</Text>
          <ActButton
            size="xs"
            color="red"
            variant="outline"
            pending={remove.isPending}
            onClick={() => remove.mutate({ id: group.id })}
          >
            Remove group
          </ActButton>
        </Group>
      )}
      <Failure error={remove.error} />
    </li>
  );
}

/** What is wrong with a name, to stand at its field; anything else stands below. */
const nameTrouble = (error: unknown) =>
  fieldErrors(error).name ?? (failureOf(error)?.code === 'nameTaken' && 'Another group has this name.');

function RenameGroup({ group, onDone }: { group: GroupRow; onDone: () => void }) {
  const [name, setName] = useState(group.name);
  const refresh = useRefresh();
  const rename = useMutation(
    api.admin.groups.rename.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onDone();
      },
    }),
  );
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!rename.isPending) rename.mutate({ id: group.id, name });
      }}
    >
      <TextInput
        aria-label="Group name"
        autoFocus
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={nameTrouble(rename.error)}
      />
      <ActButton type="submit" pending={rename.isPending}>
        Save
      </ActButton>
      <Button variant="default" onClick={onDone}>
        Cancel
      </Button>
      {!nameTrouble(rename.error) && <Failure error={rename.error} />}
    </form>
  );
}

function AddGroup() {
  const [name, setName] = useState('');
  const refresh = useRefresh();
  const add = useMutation(
    api.admin.groups.add.mutationOptions({
      onSuccess: async () => {
        setName('');
        await refresh();
      },
    }),
  );
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!add.isPending) add.mutate({ name });
      }}
    >
      <TextInput
        label="New group"
        data-autofocus
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={nameTrouble(add.error)}
      />
      <ActButton type="submit" pending={add.isPending}>
        Add group
      </ActButton>
      {!nameTrouble(add.error) && <Failure error={add.error} />}
    </form>
  );
}
