import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { ROLES } from '../ui/roles.ts';
import { isFiltered, NO_FILTER, roleOf, SEARCH_MAX, STATUSES, statusOf, useUsersSearch } from './users-search.ts';
import classes from './users-toolbar.module.css';

/** Until a pause in typing this long the list stays as it is. */
const PAUSE_MS = 200;

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** What narrows the list down. All of it stands in the address. */
export function UsersToolbar() {
  const { search, change } = useUsersSearch();
  const groups = useQuery(api.admin.groups.list.queryOptions()).data ?? [];
  return (
    <search className={classes.bar}>
      <SearchField value={search.search ?? ''} onChange={(words) => change({ search: words || undefined })} />
      <NativeSelect
        aria-label="Two-step status"
        value={search.status ?? ''}
        onChange={({ currentTarget }) => change({ status: statusOf(currentTarget.value) })}
        data={[{ value: '', label: 'Any status' }, ...optionsOf(STATUSES)]}
      />
      <NativeSelect
        aria-label="With role"
        value={search.role ?? ''}
        onChange={({ currentTarget }) => change({ role: roleOf(currentTarget.value) })}
        data={[{ value: '', label: 'Any role' }, ...optionsOf(ROLES)]}
      />
      {groups.length > 0 && (
        <NativeSelect
          aria-label="In group"
          value={search.group ?? ''}
          onChange={({ currentTarget }) => change({ group: currentTarget.value || undefined })}
          data={[{ value: '', label: 'Any group' }, ...groups.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      {isFiltered(search) && (
        <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={() => change(NO_FILTER)}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

interface SearchFieldProps {
  value: string;
  onChange: (words: string) => void;
}

/** What is typed goes into the address after a pause; what changes there otherwise comes back. */
function SearchField({ value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== sent) {
    setSent(value);
    if (value !== typed.trim()) setTyped(value);
  }
  const send = useDebouncedCallback(onChange, PAUSE_MS);
  return (
    <TextInput
      type="search"
      aria-label="Search users"
      placeholder="Search by name or email"
      className={classes.search ?? ''}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={SEARCH_MAX}
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        send(currentTarget.value.trim());
      }}
    />
  );
}
