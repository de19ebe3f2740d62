import { Group, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { inferInput } from '@trpc/tanstack-react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { failureOf, fieldErrors } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Choice } from '../ui/choice.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { Failure } from '../ui/failure.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { Resend } from '../ui/resend.tsx';
import { SentTo } from './enter-code.tsx';

export type Proof = inferInput<typeof api.self.twoStep.disable>;

interface ProveFormProps {
  purpose: inferInput<typeof api.self.twoStep.sendProofCode>['purpose'];
  /** What follows, said before anything is asked. */
  children: ReactNode;
  danger?: boolean;
  pending: boolean;
  failure: unknown;
  /** The last refusal no longer matters. */
  onForget: () => void;
  onProve: (proof: Proof) => void;
}

/** Current password and one more proof, for what must not happen by a password alone (S26). */
export function ProveForm({ purpose, children, danger = false, pending, failure, onForget, onProve }: ProveFormProps) {
  const form = useForm({ initialValues: { currentPassword: '', method: 'email', code: '', recoveryCode: '' } });
  const [sent, setSent] = useState<SentCode | null>(null);
  const { currentPassword, method, code, recoveryCode } = form.values;
  const send = useMutation(
    api.self.twoStep.sendProofCode.mutationOptions({
      onSuccess: (fresh) => {
        setSent(fresh);
        form.setFieldValue('code', '');
        onForget();
      },
    }),
  );
  const refused = failureOf(failure)?.code;
  const byEmail = method === 'email';
  const ready = !byEmail || sent !== null;

  const submit = () => {
    if (pending || !ready) return;
    if (!byEmail) onProve({ currentPassword, proof: { method: 'recoveryCode', code: recoveryCode } });
    else if (sent) onProve({ currentPassword, proof: { method: 'email', challengeId: sent.challengeId, code } });
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        {children}
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('currentPassword')}
          error={fieldErrors(failure).currentPassword ?? refused === 'currentPasswordRejected'}
        />
        <Radio.Group label="Proof" {...form.getInputProps('method')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={4}>
            <Choice value="email" label="Email code">
              Six digits by mail
            </Choice>
            <Choice value="recoveryCode" label="Recovery code">
              One of those you saved
            </Choice>
          </SimpleGrid>
        </Radio.Group>
        {byEmail && !sent && (
          <ActButton variant="default" pending={send.isPending} onClick={() => send.mutate({ purpose })}>
            Send code
          </ActButton>
        )}
        {byEmail && sent && (
          <>
            <SentTo sent={sent} />
            <CodeField
              value={code}
              onChange={(next) => form.setFieldValue('code', next)}
              // Without the password the answer would only be refused.
              onComplete={() => currentPassword && submit()}
              busy={pending}
              failure={refused === 'currentPasswordRejected' ? null : failure}
            />
          </>
        )}
        {!byEmail && (
          <TextInput
            label="Recovery code"
            description="It is used up by this."
            inputWrapperOrder={['label', 'input', 'description']}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('recoveryCode')}
            error={refused === 'recoveryCodeRejected'}
          />
        )}
        <Failure error={send.error ?? failure} />
        <Group justify={byEmail && sent ? 'space-between' : 'flex-end'}>
          {byEmail && sent && (
            <Resend resendAt={sent.resendAt} pending={send.isPending} onResend={() => send.mutate({ purpose })} />
          )}
          <ActButton type="submit" {...(danger && { color: 'red' })} pending={pending} disabled={!ready}>
            Confirm
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
