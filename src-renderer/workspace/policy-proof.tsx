import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { QueryClient } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { codeFailure } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { CodeTrouble } from '../ui/code-trouble.tsx';
import { SentTo } from '../ui/enter-code.tsx';
import { RecoveryCodeField } from '../ui/recovery-code-field.tsx';
import { Resend } from '../ui/resend.tsx';
import { Steps } from '../ui/steps.tsx';
import { serverNow } from '../ui/times.ts';
import { useCode } from '../ui/use-code.ts';
import { useMe } from '../ui/use-me.ts';

/** How an admin confirms a change of the policy: no password, a code (R24, R27, R29). */
export type CodeProof =
  | { readonly method: 'email'; readonly challengeId: string; readonly code: string }
  | { readonly method: 'recoveryCode'; readonly code: string };

interface PolicyProofProps {
  /** The first step: what will happen, and what there is to choose. */
  children: ReactNode;
  firstStep: string;
  /** Said beside the code, where the first step is gone. */
  reminder: string;
  /** Whether one has recovery codes to answer with. */
  recoveryCodes: boolean;
  danger?: boolean;
  /** Whether the first step is filled in; marks what is not. */
  check?: () => boolean;
  pending: boolean;
  failure: unknown;
  /** The last refusal no longer matters. */
  onForget: () => void;
  onProve: (proof: CodeProof) => void;
}

/** The code sent last and not spent: a dialog that is opened again takes it up, for another one is not sent so soon (R15). */
const LAST_SENT = ['policyCode'];

/** For whoever asked for the proof, once it was taken. */
export function forgetSpent(queries: QueryClient, { method }: Pick<CodeProof, 'method'>) {
  if (method === 'email') queries.removeQueries({ queryKey: LAST_SENT });
}

/** First what will happen, then a code from the mailbox, or a recovery code in its place. */
export function PolicyProof(props: PolicyProofProps) {
  const { children, firstStep, reminder, recoveryCodes, danger = false, pending, failure, onForget, onProve } = props;
  const [step, setStep] = useState<'choose' | 'email' | 'saved'>('choose');
  const queries = useQueryClient();
  // A code belongs to the session it was sent in.
  const lastSent = [...LAST_SENT, useMe().data?.session.id];
  const [sent, setSent] = useState(() => queries.getQueryData<SentCode>(lastSent) ?? null);
  const [saved, setSaved] = useState('');
  const answer = useCode((code) => {
    if (sent && !pending) onProve({ method: 'email', challengeId: sent.challengeId, code });
  });
  const send = useMutation(
    api.admin.policy.sendCode.mutationOptions({
      onSuccess: (fresh) => {
        setSent(fresh);
        queries.setQueryData(lastSent, fresh);
        answer.change('');
        go('email');
      },
    }),
  );
  const go = (next: typeof step) => {
    onForget();
    send.reset();
    setStep(next);
  };
  const leave = (next: 'email' | 'saved') => {
    if (step === 'choose' && props.check && !props.check()) return;
    if (next === 'email' && !(sent && serverNow() < sent.resendAt)) send.mutate({});
    else go(next);
  };
  const submit = () => {
    if (pending || send.isPending) return;
    if (step === 'choose') leave('email');
    else if (step === 'saved') onProve({ method: 'recoveryCode', code: saved });
    else answer.offer();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="lg">
        <Steps active={step === 'choose' ? 0 : 1} names={[firstStep, 'Code']} />
        <Stack gap="md">
          {step === 'choose' ? children : <Text size="sm">{reminder}</Text>}
          {step === 'saved' && <RecoveryCodeField value={saved} onChange={setSaved} failure={failure} />}
          {step === 'email' && sent && (
            <>
              <SentTo sent={sent} />
              <CodeField
                key={sent.sentAt}
                value={answer.code}
                onChange={answer.change}
                onComplete={answer.offer}
                busy={pending}
                failure={codeFailure(failure)}
              />
            </>
          )}
          <CodeTrouble short={step === 'email' && answer.short} error={send.error ?? failure} />
          <Group justify="space-between" gap="sm">
            <Group gap="xs">
              {step === 'email' && sent && (
                <Resend resendAt={sent.resendAt} pending={send.isPending} onResend={() => send.mutate({})} />
              )}
              {step === 'choose' && recoveryCodes && <OtherWay saved onTurn={() => leave('saved')} />}
              {step === 'saved' && <OtherWay onTurn={() => leave('email')} />}
            </Group>
            <ActButton
              type="submit"
              {...(danger && step !== 'choose' && { color: 'red' })}
              pending={pending || (step === 'choose' && send.isPending)}
            >
              {step === 'choose' ? 'Send code' : 'Confirm'}
            </ActButton>
          </Group>
          {step !== 'choose' && (
            <Group gap="md">
              <Anchor component="button" type="button" size="sm" onClick={() => go('choose')}>
                Back
              </Anchor>
              {step === 'email' && recoveryCodes && <OtherWay saved onTurn={() => leave('saved')} />}
            </Group>
          )}
        </Stack>
      </Stack>
    </form>
  );
}

function OtherWay({ saved = false, onTurn }: { saved?: boolean; onTurn: () => void }) {
  return (
    <Anchor component="button" type="button" size="sm" onClick={onTurn}>
      {saved ? 'Use a recovery code instead' : 'Use an email code instead'}
    </Anchor>
  );
}
