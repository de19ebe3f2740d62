import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ProveForm } from '../ui/prove-form.tsx';
import { told } from '../ui/told.ts';

/** Switching the second step off: password and one more proof (R8, R12). */
export function DisableTwoStep({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const disable = useMutation(
    api.self.twoStep.disable.mutationOptions({
      onSuccess: async () => {
        onDone();
        told('Two-step verification is off', 'A confirmation is on its way to your mailbox.');
        await queries.invalidateQueries();
      },
    }),
  );
  return (
    <ProveForm
      purpose="disable"
      danger
      pending={disable.isPending}
      failure={disable.error}
      onForget={disable.reset}
      onProve={disable.mutate}
    >
      <Text size="sm">
        Your password alone will open this account. All recovery codes become invalid for good, and nobody can restore
        them.
      </Text>
    </ProveForm>
  );
}
