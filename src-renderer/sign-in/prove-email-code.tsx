import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { DeliveryLine } from '../ui/delivery-line.tsx';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Resend } from '../ui/resend.tsx';
import { clockTime, timeLeft } from '../ui/times.ts';
import { useCountdown } from '../ui/use-countdown.ts';
import type { Pending } from './second-step-screen.tsx';
import { useProof } from './use-proof.ts';

/** Asks for the code that went to the mailbox. */
export function ProveEmailCode({ pending }: { pending: Pending }) {
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const prove = useProof();
  const send = useMutation(
    api.open.signIn.sendCode.mutationOptions({
      onSuccess: () => {
        prove.reset();
        setCode('');
        return queries.invalidateQueries(api.open.signIn.pending.queryFilter());
      },
    }),
  );
  const locked = useCountdown(pending.lockedUntil) > 0;
  const sent = pending.code;
  const resend = () => send.mutate({ method: 'email' });
  const submit = (answer: string) => {
    if (sent && !prove.isPending) prove.mutate({ method: 'email', challengeId: sent.challengeId, code: answer });
  };

  if (locked && pending.lockedUntil !== null) return <Locked until={pending.lockedUntil} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(code);
      }}
    >
      <Stack gap="md">
        {sent && <DeliveryLine code={sent} />}
        <CodeField value={code} onChange={setCode} onComplete={submit} busy={prove.isPending} failure={prove.error} />
        <Failure error={send.error ?? prove.error} />
        <ActButton type="submit" size="md" pending={prove.isPending} fullWidth>
          Confirm
        </ActButton>
        <Resend resendAt={sent?.resendAt ?? 0} pending={send.isPending} onResend={resend} />
      </Stack>
    </form>
  );
}

function Locked({ until }: { until: number }) {
  return (
    <Notice tone="warn" title={`Sign-in is paused until ${clockTime(until)}`}>
      There were too many wrong tries, so codes are not checked for now. Try again {timeLeft(until)}, use another way,
      or ask your admin.
    </Notice>
  );
}
