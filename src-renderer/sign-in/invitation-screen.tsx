import { Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { FrontPage } from '../ui/front-page.tsx';
import { AnchorLink } from '../ui/links.tsx';
import { MailPlace } from '../ui/mail-place.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { PasswordHint } from '../ui/password-hint.tsx';
import { showRefusal } from '../ui/show-refusal.ts';

/** Joining: a code from the invitation's mail, and a password of one's own. A link brings the code after the #, where no server sees it. */
export function InvitationScreen() {
  const linked = useLocation({ select: ({ hash }) => decodeURIComponent(hash) });
  return (
    <FrontPage
      title="Accept your invitation"
      lead="With the code from the mail, and a password that only you know."
      aside={<MailPlace />}
    >
      <JoinForm key={linked} code={linked} />
    </FrontPage>
  );
}

function JoinForm({ code }: { code: string }) {
  const form = useForm({
    initialValues: { code, password: '', confirmPassword: '' },
    validate: { code: (typed) => (typed.trim() === '' ? 'Enter the invitation code from the mail.' : null) },
  });
  const queries = useQueryClient();
  const join = useMutation(
    api.open.invitation.accept.mutationOptions({
      onSuccess: () => queries.invalidateQueries(api.open.welcome.queryFilter()),
      onError: (error) => showRefusal(form, error, { oneTimeCodeRejected: 'code', passwordUnfit: 'password' }),
    }),
  );
  const submit = form.onSubmit(
    (answers) => {
      if (!join.isPending) join.mutate(answers);
    },
    () => form.getInputNode('code')?.focus(),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Invitation code"
          description="Twenty letters and digits. Capitals, spaces and dashes do not matter."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus={code === ''}
          {...form.getInputProps('code')}
        />
        <PasswordField
          label="Password"
          autoComplete="new-password"
          autoFocus={code !== ''}
          description={<PasswordHint password={form.values.password} />}
          {...form.getInputProps('password')}
        />
        <PasswordField
          label="Confirm password"
          autoComplete="new-password"
          {...form.getInputProps('confirmPassword')}
        />
        <Failure error={join.error} />
        <ActButton type="submit" size="md" pending={join.isPending} fullWidth>
          Join
        </ActButton>
        <AnchorLink to="/sign-in" size="sm">
          Back to sign-in
        </AnchorLink>
      </Stack>
    </form>
  );
}
