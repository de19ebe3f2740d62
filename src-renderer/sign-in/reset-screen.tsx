import { Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { FrontPage } from '../ui/front-page.tsx';
import { AnchorLink } from '../ui/links.tsx';
import { MailPlace } from '../ui/mail-place.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { PasswordHint } from '../ui/password-hint.tsx';
import { showRefusal } from '../ui/show-refusal.ts';

/** A new password by a code from a mail, or from owner recovery. A link brings the code after the #, where no server sees it. */
export function ResetScreen() {
  const linked = useLocation({ select: ({ hash }) => decodeURIComponent(hash) });
  return (
    <FrontPage
      title="Choose a new password"
      lead="With the reset code from the mail. Everybody who is signed in to this account is signed out."
      aside={<MailPlace />}
    >
      <ResetForm key={linked} code={linked} />
    </FrontPage>
  );
}

function ResetForm({ code }: { code: string }) {
  const form = useForm({
    initialValues: { code, newPassword: '', confirmPassword: '' },
    validate: { code: (typed) => (typed.trim() === '' ? 'Enter the reset code from the mail.' : null) },
  });
  const navigate = useNavigate();
  const finish = useMutation(
    api.open.reset.finish.mutationOptions({
      onSuccess: () => navigate({ to: '/sign-in', search: { ended: 'reset' }, replace: true }),
      onError: (error) => showRefusal(form, error, { oneTimeCodeRejected: 'code', passwordUnfit: 'newPassword' }),
    }),
  );
  const submit = form.onSubmit(
    (answers) => {
      if (!finish.isPending) finish.mutate(answers);
    },
    () => form.getInputNode('code')?.focus(),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Reset code"
          description="Twenty letters and digits. Capitals, spaces and dashes do not matter."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus={code === ''}
          {...form.getInputProps('code')}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          autoFocus={code !== ''}
          description={<PasswordHint password={form.values.newPassword} />}
          {...form.getInputProps('newPassword')}
        />
        <PasswordField
          label="Confirm password"
          autoComplete="new-password"
          {...form.getInputProps('confirmPassword')}
        />
        <Failure error={finish.error} />
        <ActButton type="submit" size="md" pending={finish.isPending} fullWidth>
          Change password
        </ActButton>
        <AnchorLink to="/sign-in" size="sm">
          Back to sign-in
        </AnchorLink>
      </Stack>
    </form>
  );
}
