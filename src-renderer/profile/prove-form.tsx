import { Group, Radio, SimpleGrid, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { inferInput } from '@trpc/tanstack-react-query';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { codeFailure, failureOf, fieldErrors } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Choice } from '../ui/choice.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { CodeTrouble } from '../ui/code-trouble.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { RecoveryCodeField } from '../ui/recovery-code-field.tsx';
import { Resend } from '../ui/resend.tsx';
import { useCode } from '../ui/use-code.ts';
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
  const password = useRef<HTMLInputElement>(null);
  const [currentPassword, setCurrentPassword] = useState('');
  const [method, setMethod] = useState<'email' | 'recoveryCode'>('email');
  const [recoveryCode, setRecoveryCode] = useState('');
  const [sent, setSent] = useState<SentCode | null>(null);
  const answer = useCode((code) => {
    if (sent && !pending) onProve({ currentPassword, proof: { method: 'email', challengeId: sent.challengeId, code } });
  });
  const send = useMutation(
    api.self.twoStep.sendProofCode.mutationOptions({
      onSuccess: (fresh) => {
        setSent(fresh);
        answer.change('');
        onForget();
      },
    }),
  );
  const wrongPassword = fieldErrors(failure).currentPassword ?? failureOf(failure)?.code === 'currentPasswordRejected';
  const byEmail = method === 'email';

  useEffect(() => {
    if (wrongPassword) password.current?.focus();
  }, [wrongPassword]);

  const submit = () => {
    if (byEmail) answer.offer();
    else if (!pending) onProve({ currentPassword, proof: { method: 'recoveryCode', code: recoveryCode } });
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!byEmail || sent) submit();
      }}
    >
      <Stack gap="md">
        {children}
        <PasswordField
          ref={password}
          label="Current password"
          autoComplete="current-password"
          data-autofocus
          value={currentPassword}
          onChange={({ currentTarget }) => setCurrentPassword(currentTarget.value)}
          error={wrongPassword}
        />
        <Radio.Group
          label="Proof"
          value={method}
          onChange={(next) => {
            setMethod(next === 'email' ? 'email' : 'recoveryCode');
            onForget();
          }}
        >
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
              key={sent.sentAt}
              value={answer.code}
              onChange={answer.change}
              // Without the password the answer would only be refused.
              onComplete={() => currentPassword && submit()}
              busy={pending}
              failure={codeFailure(failure)}
            />
          </>
        )}
        {!byEmail && <RecoveryCodeField value={recoveryCode} onChange={setRecoveryCode} failure={failure} />}
        <CodeTrouble short={byEmail && answer.short} error={send.error ?? failure} />
        <Group justify={byEmail && sent ? 'space-between' : 'flex-end'}>
          {byEmail && sent && (
            <Resend resendAt={sent.resendAt} pending={send.isPending} onResend={() => send.mutate({ purpose })} />
          )}
          <ActButton type="submit" {...(danger && { color: 'red' })} pending={pending} disabled={byEmail && !sent}>
            Confirm
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
