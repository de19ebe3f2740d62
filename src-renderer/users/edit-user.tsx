import { Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { Person } from '../../src-main/domain/people.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { told } from '../ui/told.ts';
import { useReadAgain } from './use-people.ts';

interface EditUserProps {
  person: Person;
  onDone: () => void;
}

/** Name and phone; the address is the person's own to change, for it is proven with a code. */
export function EditUser({ person, onDone }: EditUserProps) {
  const form = useForm({ initialValues: { name: person.name, phone: person.phone ?? '' } });
  const readAgain = useReadAgain();
  const edit = useMutation(
    api.admin.users.edit.mutationOptions({
      onSuccess: async (_, { name }) => {
        onDone();
        told(`${name.trim()} is saved`);
        await readAgain(person.id);
      },
      onError: (error) => showRefusal(form, error),
    }),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ name, phone }) => {
        if (!edit.isPending) edit.mutate({ id: person.id, name, phone: phone.trim() || null });
      })}
    >
      <Stack gap="md">
        <TextInput label="Name" autoComplete="off" data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label="Email"
          value={person.email}
          disabled
          description="Only they can change it, in Profile settings: a code to the new mailbox proves it."
          inputWrapperOrder={['label', 'input', 'description']}
        />
        <TextInput
          label="Phone"
          type="tel"
          autoComplete="off"
          description="Optional. With its country code, for example +46 70 123 45 67."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('phone')}
        />
        <Failure error={edit.error} />
        <Group justify="flex-end">
          <ActButton type="submit" pending={edit.isPending}>
            Save
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
