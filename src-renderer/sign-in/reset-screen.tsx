import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { FrontPage } from '../ui/front-page.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { MailAside } from './mail-aside.tsx';
import { PasswordByCode } from './password-by-code.tsx';

/** A new password by a code from a mail, or from owner recovery. A link brings the code after the #, where no server sees it. */
export function ResetScreen() {
  const linked = useLocation({ select: ({ hash }) => decodeURIComponent(hash) });
  return (
    <FrontPage
      title="Choose a new password"
      lead="With the reset code from the mail. Everybody who is signed in to this account is signed out."
      aside={<MailAside />}
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
    <PasswordByCode
      words={{ code: 'Reset code', password: 'New password', act: 'Change password' }}
      fields={{
        code: form.getInputProps('code'),
        password: form.getInputProps('newPassword'),
        confirmPassword: form.getInputProps('confirmPassword'),
      }}
      typed={form.values.newPassword}
      hasCode={code !== ''}
      pending={finish.isPending}
      failure={finish.error}
      onSubmit={submit}
    />
  );
}
