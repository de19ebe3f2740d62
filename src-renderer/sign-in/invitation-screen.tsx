import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { api } from '../api.ts';
import { FrontPage } from '../ui/front-page.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { MailAside } from './mail-aside.tsx';
import { PasswordByCode } from './password-by-code.tsx';

/** Joining: a code from the invitation's mail, and a password of one's own. A link brings the code after the #, where no server sees it. */
export function InvitationScreen() {
  const linked = useLocation({ select: ({ hash }) => decodeURIComponent(hash) });
  return (
    <FrontPage
      title="Accept your invitation"
      lead="With the code from the mail, and a password that only you know."
      aside={<MailAside />}
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
    <PasswordByCode
      words={{ code: 'Invitation code', password: 'Password', act: 'Join' }}
      fields={{
        code: form.getInputProps('code'),
        password: form.getInputProps('password'),
        confirmPassword: form.getInputProps('confirmPassword'),
      }}
      typed={form.values.password}
      hasCode={code !== ''}
      pending={join.isPending}
      failure={join.error}
      onSubmit={submit}
    />
  );
}
