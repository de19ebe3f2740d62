import { Group, Radio, SimpleGrid, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferInput } from '@trpc/tanstack-react-query';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { codeFailure, failureOf, fieldErrors } from '../explain.ts';
import { ActButton } from './act-button.tsx';
import { Choice } from './choice.tsx';
import { CodeField } from './code-field.tsx';
import { CodeTrouble } from './code-trouble.tsx';
import { SentTo } from './enter-code.tsx';
import { PasswordField } from './password-field.tsx';
import { RecoveryCodeField } from './recovery-code-field.tsx';
import { Resend } from './resend.tsx';
import { serverNow } from './times.ts';
import { useCode } from './use-code.ts';
import { useMe } from './use-me.ts';

export type Proof = inferInput<typeof api.self.twoStep.disable>;

interface ProveFormProps {
  purpose: inferInput<typeof api.self.twoStep.sendProofCode>['purpose'];
  /** What follows, said before anything is asked. */
  children: ReactNode;
  danger?: boolean;
  /** Given already, a step before; else it is asked here. */
  password?: string;
  /** Takes the focus to the password: for a form that takes the place of another one. */
  autoFocus?: boolean;
  /** Two-step verification is off: there is nothing to prove beyond the password. */
  passwordOnly?: boolean;
  pending: boolean;
  failure: unknown;
  /** The last refusal no longer matters. */
  onForget: () => void;
  onProve: (proof: Proof) => void;
}

/** Current password and one more proof, for what must not happen by a password alone (S26). */
export function ProveForm(props: ProveFormProps) {
  const { purpose, children, danger = false, passwordOnly = false, pending, failure, onForget, onProve } = props;
  const passwordInput = useRef<HTMLInputElement>(null);
  const [currentPassword, setCurrentPassword] = useState(props.password ?? '');
  const [method, setMethod] = useState<'email' | 'recoveryCode'>('email');
  const [recoveryCode, setRecoveryCode] = useState('');
  const queries = useQueryClient();
  // A form that is opened again takes up the code that was sent and not spent: another one is not sent so soon (R15).
  const lastSent = ['proofCode', purpose, useMe().data?.session.id];
  const [sent, setSent] = useState(() => stillFresh(queries.getQueryData<SentCode>(lastSent)));
  const answer = useCode((code) => {
    if (!sent || pending) return;
    queries.removeQueries({ queryKey: lastSent });
    send.reset();
    onProve({ currentPassword, proof: { method: 'email', challengeId: sent.challengeId, code } });
  });
  const send = useMutation(
    api.self.twoStep.sendProofCode.mutationOptions({
      onSuccess: (fresh) => {
        setSent(fresh);
        queries.setQueryData(lastSent, fresh);
        answer.change('');
        onForget();
      },
    }),
  );
  const fields = fieldErrors(failure);
  const unfit = fields.currentPassword ?? fields['stepUp.currentPassword'];
  const wrongPassword = unfit ?? failureOf(failure)?.code === 'currentPasswordRejected';
  const byEmail = !passwordOnly && method === 'email';

  useEffect(() => {
    if (wrongPassword) passwordInput.current?.focus();
  }, [wrongPassword]);

  const submit = () => {
    if (byEmail) answer.offer();
    else if (passwordOnly) onProve({ currentPassword, proof: null });
    else if (!pending) onProve({ currentPassword, proof: { method: 'recoveryCode', code: recoveryCode } });
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && (!byEmail || sent)) submit();
      }}
    >
      <Stack gap="md">
        {children}
        {props.password === undefined && (
          <PasswordField
            ref={passwordInput}
            label="Current password"
            autoComplete="current-password"
            autoFocus={props.autoFocus ?? false}
            data-autofocus
            value={currentPassword}
            onChange={({ currentTarget }) => setCurrentPassword(currentTarget.value)}
            error={wrongPassword}
          />
        )}
        {!passwordOnly && (
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
        )}
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
        {!byEmail && !passwordOnly && (
          <RecoveryCodeField value={recoveryCode} onChange={setRecoveryCode} failure={failure} />
        )}
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

const stillFresh = (sent: SentCode | undefined) => (sent && serverNow() < sent.resendAt ? sent : null);
