import { Anchor, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';
import { showRefusal } from '../ui/show-refusal.ts';

/** Asks for a reset by mail (R19). What is said afterwards is the same whether there is such an account or not. */
export function ForgotPassword({ email }: { email: string }) {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Anchor component="button" type="button" size="sm" onClick={dialog.open}>
        Forgot password?
      </Anchor>
      <Modal opened={opened} onClose={dialog.close} title="Forgot password?">
        <RequestReset email={email} />
      </Modal>
    </>
  );
}

function RequestReset({ email }: { email: string }) {
  // Named, or the field of the sign-in form behind it, called alike, would be taken for this one.
  const form = useForm({ name: 'forgot-password', initialValues: { email }, validate: { email: complainOfAddress } });
  const request = useMutation(api.open.reset.request.mutationOptions({ onError: (error) => showRefusal(form, error) }));
  if (request.isSuccess) return <OnItsWay to={request.variables.email.trim()} />;
  const submit = form.onSubmit(
    (answers) => {
      if (!request.isPending) request.mutate(answers);
    },
    () => form.getInputNode('email')?.focus(),
  );
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          You get a mail with a code to choose a new password with. Two-step verification stays as it is.
        </Text>
        <TextInput label="Email" type="email" autoComplete="username" data-autofocus {...form.getInputProps('email')} />
        <Failure error={request.error} />
        <Group justify="flex-end">
          <ActButton type="submit" pending={request.isPending}>
            Request password reset
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

/** Of what can be nobody's; the answer to all else is the same, so a slip would go unnoticed. */
function complainOfAddress(typed: string): string | null {
  return typed.trim() === '' || /\S[@＠]\S/.test(typed) ? null : 'Enter an address like name@example.org.';
}

function OnItsWay({ to }: { to: string }) {
  return (
    <Stack gap="md">
      <Notice tone="good" title="Look into your mailbox">
        If an account has the address <strong>{to}</strong>, a mail with a reset code is on its way. It works for half
        an hour. Nothing there? Look into the spam folder, and ask again after a minute.
      </Notice>
      <Group justify="flex-end">
        <ButtonLink to="/sign-in/reset" autoFocus>
          Enter the reset code
        </ButtonLink>
      </Group>
    </Stack>
  );
}
