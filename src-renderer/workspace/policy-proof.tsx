import { Anchor, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
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
import { useCode } from '../ui/use-code.ts';

/** How an admin confirms a change of the policy: no password, a code (R24, R27, R29). */
export type CodeProof =
  | { readonly method: 'email'; readonly challengeId: string; readonly code: string }
  | { readonly method: 'recoveryCode'; readonly code: string };

type Step = 'choose' | 'confirm';

interface PolicyProofProps {
  /** The first step: what will happen, and what there is to choose. */
  children: ReactNode;
  /** Said again beside the code, where the first step is gone. */
  reminder: string;
  /** Whether one has recovery codes to answer with. */
  recoveryCodes: boolean;
  danger?: boolean;
  /** The first step is not filled in yet. */
  unready?: boolean;
  pending: boolean;
  failure: unknown;
  /** The last refusal no longer matters. */
  onForget: () => void;
  onStep?: (step: Step) => void;
  onProve: (proof: CodeProof) => void;
}

/** First what will happen, then a code from the mailbox, or a recovery code in its place. */
export function PolicyProof(props: PolicyProofProps) {
  const { children, reminder, recoveryCodes, danger = false, unready = false, pending, failure } = props;
  const { onForget, onStep, onProve } = props;
  const [sent, setSent] = useState<SentCode | null>(null);
  const [bySaved, setBySaved] = useState(false);
  const [saved, setSaved] = useState('');
  const answer = useCode((code) => {
    if (sent && !pending) onProve({ method: 'email', challengeId: sent.challengeId, code });
  });
  const send = useMutation(
    api.admin.policy.sendCode.mutationOptions({
      onSuccess: (fresh) => {
        setSent(fresh);
        setBySaved(false);
        answer.change('');
        onForget();
        onStep?.('confirm');
      },
    }),
  );
  const choosing = !sent && !bySaved;
  const turn = (toSaved: boolean) => {
    onForget();
    send.reset();
    setBySaved(toSaved);
    onStep?.(toSaved || sent ? 'confirm' : 'choose');
  };
  const submit = () => {
    if (pending || unready) return;
    if (choosing) send.mutate({});
    else if (bySaved) onProve({ method: 'recoveryCode', code: saved });
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
      <Stack gap="md">
        {choosing ? children : <p className="flush">{reminder}</p>}
        {bySaved && <RecoveryCodeField value={saved} onChange={setSaved} failure={failure} />}
        {sent && !bySaved && (
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
        <CodeTrouble short={!bySaved && answer.short} error={send.error ?? failure} />
        <Group justify="space-between">
          {sent && !bySaved ? (
            <Resend resendAt={sent.resendAt} pending={send.isPending} onResend={() => send.mutate({})} />
          ) : (
            <span />
          )}
          <ActButton
            type="submit"
            {...(danger && !choosing && { color: 'red' })}
            pending={pending || (choosing && send.isPending)}
            disabled={unready}
            data-autofocus
          >
            {choosing ? 'Send code' : 'Confirm'}
          </ActButton>
        </Group>
        {(bySaved || recoveryCodes) && (
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => turn(!bySaved)}>
            {bySaved ? 'Use an email code instead' : 'Use a recovery code instead'}
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
