import { Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { PasswordHint } from '../ui/password-hint.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { told } from '../ui/told.ts';

/** A new password, after the current one (R7). */
export function ChangePasswordForm({ onDone }: { onDone: () => void }) {
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '', confirmPassword: '' } });
  const queries = useQueryClient();
  const change = useMutation(
    api.self.password.change.mutationOptions({
      onSuccess: async () => {
        onDone();
        told('Your password is changed', 'Every other session was signed out.');
        await queries.invalidateQueries(api.self.pathFilter());
      },
      onError: (error) =>
        showRefusal(form, error, { currentPasswordRejected: 'currentPassword', passwordUnfit: 'newPassword' }),
    }),
  );
  const submit = form.onSubmit((answers) => {
    if (!change.isPending) change.mutate(answers);
  });
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('currentPassword')}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          description={<PasswordHint password={form.values.newPassword} />}
          {...form.getInputProps('newPassword')}
        />
        <PasswordField
          label="Confirm password"
          autoComplete="new-password"
          {...form.getInputProps('confirmPassword')}
        />
        <Failure error={change.error} />
        <Group justify="flex-end">
          <ActButton type="submit" pending={change.isPending}>
            Save
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
