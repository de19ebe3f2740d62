import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { api } from '../api.ts';
import { failureOf, fieldErrors } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import type { BulkAct, BulkOrder } from './bulk-acts.ts';
import { namesOf, orderGroup, orderSignOut, orderSuspension } from './bulk-acts.ts';
import { people as count } from './import-words.ts';

interface BulkFormProps {
  people: readonly Person[];
  onStart: (order: BulkOrder) => void;
}

/** What an act on many asks first; its button says to how many it will be done. */
export function BulkForm({ act, ...form }: BulkFormProps & { act: BulkAct }) {
  if (act === 'group') return <GroupForm {...form} />;
  return act === 'suspend' ? <SuspendForm {...form} /> : <SignOutForm {...form} />;
}

interface FrameProps {
  children: ReactNode;
  button: string;
  danger?: boolean;
  pending?: boolean;
  onSubmit: () => void;
}

function Frame({ children, button, danger = false, pending = false, onSubmit }: FrameProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) onSubmit();
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {children}
        <Group justify="flex-end">
          <ActButton type="submit" pending={pending} data-autofocus {...(danger && { color: 'red' })}>
            {button}
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

const NEW = 'new';

function GroupForm({ people, onStart }: BulkFormProps) {
  const groups = useQuery(api.admin.groups.list.queryOptions());
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  const add = useMutation(
    api.admin.groups.add.mutationOptions({
      onSuccess: ({ id }) => onStart(orderGroup({ id, name: name.trim() })),
      onError: () => field.current?.focus(),
    }),
  );
  if (groups.isPending) return <Loading rows={1} />;
  if (groups.isLoadingError) return <Problem error={groups.error} retry={groups.refetch} />;
  const isNew = chosen === NEW || groups.data.length === 0;
  const group = groups.data.find(({ id }) => id === chosen);
  const submit = () => {
    setAsked(true);
    if (isNew) add.mutate({ name });
    else if (group) onStart(orderGroup(group));
    else select.current?.focus();
  };
  const nameTrouble =
    fieldErrors(add.error).name ?? (failureOf(add.error)?.code === 'nameTaken' && 'Another group has this name.');
  return (
    <Frame button={`Add ${count(people.length)}`} pending={add.isPending} onSubmit={submit}>
      <Text size="sm">{namesOf(people)}</Text>
      {groups.data.length > 0 && (
        <NativeSelect
          ref={select}
          label="Group"
          data-autofocus
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          error={asked && !isNew && !group && 'Choose a group.'}
          data={[
            { value: '', label: 'Choose a group' },
            ...groups.data.map((each) => ({ value: each.id, label: each.name })),
            { value: NEW, label: 'A new group…' },
          ]}
        />
      )}
      {isNew && (
        <TextInput
          ref={field}
          label="New group"
          data-autofocus
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={nameTrouble}
        />
      )}
      {!nameTrouble && <Failure error={add.error} />}
    </Frame>
  );
}

function SuspendForm({ people, onStart }: BulkFormProps) {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = () => {
    setAsked(true);
    if (reason.trim() === '') field.current?.focus();
    else onStart(orderSuspension(reason));
  };
  return (
    <Frame button={`Suspend ${count(people.length)}`} danger onSubmit={submit}>
      <Text size="sm">
        {namesOf(people)}: signed out everywhere at once, and out until you reinstate them one by one. Nothing of theirs
        is deleted.
      </Text>
      <TextInput
        ref={field}
        label="Reason"
        description="Stands in the audit log beside each of them."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-autofocus
        autoComplete="off"
        maxLength={100}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        error={asked && reason.trim() === '' && 'Say why, in one line of up to 100 characters.'}
      />
    </Frame>
  );
}

function SignOutForm({ people, onStart }: BulkFormProps) {
  return (
    <Frame button={`Sign out ${count(people.length)}`} onSubmit={() => onStart(orderSignOut)}>
      <Text size="sm">
        {namesOf(people)}: every session they have open ends at once. They can sign in again as before.
      </Text>
    </Frame>
  );
}
