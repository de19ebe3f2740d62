import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { Person } from '../../src-main/domain/people.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { told } from '../ui/told.ts';
import { useReadAgain } from './use-people.ts';

interface SuspendUserProps {
  person: Person;
  onDone: () => void;
}

/** Shuts somebody out until they are reinstated. */
export function SuspendUser({ person, onDone }: SuspendUserProps) {
  const form = useForm({ initialValues: { reason: '' } });
  const readAgain = useReadAgain();
  const suspend = useMutation(
    api.admin.users.suspend.mutationOptions({
      onSuccess: async () => {
        onDone();
        told(`${person.name} is suspended`, 'Reinstate in the same menu lets them in again.');
        await readAgain(person.id);
      },
      onError: (error) => showRefusal(form, error),
    }),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ reason }) => {
        if (!suspend.isPending) suspend.mutate({ id: person.id, reason });
      })}
    >
      <Stack gap="md">
        <Text size="sm">
          {person.name} is signed out everywhere at once, and cannot sign in until you reinstate the account. Nothing of
          it is deleted.
        </Text>
        <TextInput
          label="Reason"
          description="Stands in the audit log."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          maxLength={100}
          data-autofocus
          {...form.getInputProps('reason')}
        />
        <Failure error={suspend.error} />
        <Group justify="flex-end">
          <ActButton type="submit" color="red" pending={suspend.isPending}>
            Suspend
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
