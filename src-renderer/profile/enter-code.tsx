import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { DeliveryLine } from '../ui/delivery-line.tsx';
import { Failure } from '../ui/failure.tsx';
import { Resend } from '../ui/resend.tsx';

interface EnterCodeProps {
  sent: SentCode;
  failure: unknown;
  /** The refusal of the last code, as against one of sending. */
  rejected: unknown;
  pending: boolean;
  resending: boolean;
  onResend: () => void;
  onSubmit: (code: string) => void;
}

/** The code that was sent, typed back. */
export function EnterCode({ sent, failure, rejected, pending, resending, onResend, onSubmit }: EnterCodeProps) {
  const [code, setCode] = useState('');
  const submit = (answer: string) => {
    if (!pending) onSubmit(answer);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(code);
      }}
    >
      <Stack gap="md">
        <SentTo sent={sent} />
        <CodeField value={code} onChange={setCode} onComplete={submit} busy={pending} failure={rejected} />
        <Failure error={failure} />
        <Group justify="space-between">
          <Resend resendAt={sent.resendAt} pending={resending} onResend={onResend} />
          <ActButton type="submit" pending={pending}>
            Confirm
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

const ASK_AGAIN_MS = 1_500;

/** Where the letter stands now, asked again until it is out. */
export function SentTo({ sent }: { sent: SentCode }) {
  const state = useQuery({
    ...api.self.twoStep.codeState.queryOptions({ challengeId: sent.challengeId }),
    refetchInterval: ({ state: { data } }) => ((data ?? sent).delivery === 'queued' ? ASK_AGAIN_MS : false),
  });
  return <DeliveryLine code={state.data ?? sent} />;
}
