import type { SelectProps } from '@mantine/core';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';

/** Whom an exception is for. */
export interface Target {
  readonly ref: { readonly accountId: string } | { readonly groupId: string };
  readonly name: string;
}

interface PickTargetProps extends Pick<SelectProps, 'error' | 'onFocus' | 'onBlur'> {
  /** Whether a group will do as well. */
  groups: boolean;
  value: Target | null;
  onChange: (target: Target | null) => void;
}

const TYPING_MS = 200;
const ACCOUNT = 'account:';
const GROUP = 'group:';

/** One person or group by its name, searched for while typing: a workspace may have very many. */
export function PickTarget({ groups, value, onChange, error, ...rest }: PickTargetProps) {
  const [typed, setTyped] = useState(value?.name ?? '');
  const [search] = useDebouncedValue(typed, TYPING_MS);
  const people = useQuery({
    ...api.admin.people.list.queryOptions({
      ...{ search, status: null, role: null, groupId: null },
      ...{ sort: 'name', direction: 'asc', cursor: null },
    }),
    placeholderData: keepPreviousData,
  });
  const known = useQuery({ ...api.admin.groups.list.queryOptions(), enabled: groups });
  const fits = ({ name }: { name: string }) => name.toLowerCase().includes(search.trim().toLowerCase());
  const groupItems = (groups ? (known.data ?? []) : [])
    .filter(fits)
    .map(({ id, name }) => ({ value: GROUP + id, label: `${name} (group)` }));
  const personItems = (people.data?.rows ?? []).map(({ id, name, email }) => ({
    value: ACCOUNT + id,
    label: `${name} (${email})`,
  }));
  const chosen = value && keyOf(value);
  const items = [...groupItems, ...personItems];
  // What was chosen stays an option, or the field would forget it while something else is typed.
  const kept =
    value && !items.some((item) => item.value === chosen) ? [{ value: keyOf(value), label: value.name }] : [];
  return (
    <Select
      label={groups ? 'Person or group' : 'Person'}
      placeholder="Search by name or address"
      data={[...kept, ...items]}
      searchable
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={chosen}
      onChange={(key, option) => onChange(key === null ? null : targetOf(key, option?.label ?? ''))}
      nothingFoundMessage={people.isPending ? 'Searching…' : 'Nobody by that name'}
      maxDropdownHeight={220}
      comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }}
      error={error}
      {...rest}
    />
  );
}

function keyOf({ ref }: Target): string {
  return 'groupId' in ref ? GROUP + ref.groupId : ACCOUNT + ref.accountId;
}

/** @param label the name, with what tells it apart in brackets */
function targetOf(key: string, label: string): Target {
  const name = label.replace(/ \([^()]*\)$/, '');
  if (key.startsWith(GROUP)) return { ref: { groupId: key.slice(GROUP.length) }, name };
  return { ref: { accountId: key.slice(ACCOUNT.length) }, name };
}
