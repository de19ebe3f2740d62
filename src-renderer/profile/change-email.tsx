import { Anchor, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { failureOf } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { EnterCode } from '../ui/enter-code.tsx';
import { Failure } from '../ui/failure.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';

interface ChangeEmailProps {
  twoStep: Me['twoStep'];
  onDone: () => void;
}

/** A new address: password, a code to the new mailbox and, with two-step verification on, one more proof (S23, S26). */
export function ChangeEmail({ twoStep, onDone }: ChangeEmailProps) {
  const [wanted, setWanted] = useState<{ newEmail: string; currentPassword: string } | null>(null);
  const [sent, setSent] = useState<SentCode | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const queries = useQueryClient();
  const send = useMutation(api.self.email.sendCode.mutationOptions({ onSuccess: setSent }));
  const change = useMutation(
    api.self.email.change.mutationOptions({
      onSuccess: async () => {
        onDone();
        told('Your address is changed', 'The old one was told, and can stop it for three days.');
        await queries.invalidateQueries(api.self.pathFilter());
      },
      onError: (error) => {
        if (OF_THE_NEW_MAILBOX.includes(failureOf(error)?.code ?? '')) setCode(null);
      },
    }),
  );
  if (!sent || !wanted) {
    return (
      <AskForAddress
        pending={send.isPending}
        failure={send.error}
        onAsk={(answers) => {
          setWanted(answers);
          send.mutate(answers);
        }}
      />
    );
  }
  const { currentPassword } = wanted;
  if (code !== null && twoStep === 'active') {
    return (
      <ProveForm
        purpose="changeEmail"
        password={currentPassword}
        pending={change.isPending}
        failure={change.error}
        onForget={change.reset}
        onProve={({ proof }) => change.mutate({ currentPassword, proof, challengeId: sent.challengeId, code })}
      >
        <Text size="sm">
          One more proof that the account is yours.{' '}
          <Anchor component="button" type="button" size="sm" onClick={() => setCode(null)}>
            Back to the code from the new mailbox
          </Anchor>
        </Text>
      </ProveForm>
    );
  }
  return (
    <EnterCode
      key={sent.sentAt}
      sent={sent}
      failure={send.error ?? change.error}
      pending={change.isPending}
      resending={send.isPending}
      onResend={() => {
        change.reset();
        send.mutate(wanted);
      }}
      onSubmit={(answer) => {
        send.reset();
        setCode(answer);
        if (twoStep === 'off') {
          change.mutate({ currentPassword, proof: null, challengeId: sent.challengeId, code: answer });
        }
      }}
    />
  );
}

/** Refusals of the code to the new mailbox: the step before the proof is asked again. */
const OF_THE_NEW_MAILBOX: readonly string[] = ['challengeBurnt', 'challengeExpired', 'emailTaken'];

interface AskForAddressProps {
  pending: boolean;
  failure: unknown;
  onAsk: (answers: { newEmail: string; currentPassword: string }) => void;
}

function AskForAddress({ pending, failure, onAsk }: AskForAddressProps) {
  const form = useForm({ initialValues: { newEmail: '', currentPassword: '' } });
  const mark = useEffectEvent((refusal: unknown) =>
    showRefusal(form, refusal, { currentPasswordRejected: 'currentPassword' }),
  );
  useEffect(() => {
    if (failure) mark(failure);
  }, [failure]);
  const submit = form.onSubmit((answers) => {
    if (!pending) onAsk(answers);
  });
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          Codes and notices will go to the new address, and you sign in with it. Your other sessions are signed out.
        </Text>
        <TextInput
          label="New email"
          type="email"
          autoComplete="email"
          data-autofocus
          {...form.getInputProps('newEmail')}
        />
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <Failure error={failure} />
        <Group justify="flex-end">
          <ActButton type="submit" pending={pending}>
            Send code
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
