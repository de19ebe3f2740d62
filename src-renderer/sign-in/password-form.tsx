import { Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { AnchorLink } from '../ui/links.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { ForgotPassword } from './forgot-password.tsx';
import { TroubleSigningIn } from './trouble-signing-in.tsx';

interface PasswordFormProps {
  start: { email: string; password: string };
  onRefused: () => void;
}

/** Email and password; where it leads next is the engine's word, not ours. */
export function PasswordForm({ start, onRefused }: PasswordFormProps) {
  const form = useForm({ initialValues: start });
  const queries = useQueryClient();
  const signIn = useMutation(
    api.open.signIn.withPassword.mutationOptions({
      onSuccess: () => queries.invalidateQueries(api.open.welcome.queryFilter()),
      onError: (error) => {
        onRefused();
        showRefusal(form, error);
      },
    }),
  );

  const submit = form.onSubmit((answers) => {
    if (!signIn.isPending) signIn.mutate(answers);
  });
  return (
    <Stack gap="md">
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Email"
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Failure error={signIn.error} />
          <ActButton type="submit" size="md" pending={signIn.isPending} fullWidth>
            Sign in
          </ActButton>
        </Stack>
      </form>
      <Group justify="space-between" gap="xs">
        <ForgotPassword email={form.values.email} />
        <AnchorLink to="/sign-in/reset" size="sm">
          I have a reset code
        </AnchorLink>
        <AnchorLink to="/sign-in/invitation" size="sm">
          I have an invitation
        </AnchorLink>
        <TroubleSigningIn />
      </Group>
    </Stack>
  );
}
