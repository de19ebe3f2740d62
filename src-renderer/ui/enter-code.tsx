import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { ActButton } from './act-button.tsx';
import { CodeForm } from './code-form.tsx';
import { DeliveryLine, isUnderWay } from './delivery-line.tsx';
import { Resend } from './resend.tsx';

interface EnterCodeProps {
  sent: SentCode;
  failure: unknown;
  pending: boolean;
  resending: boolean;
  onResend: () => void;
  onSubmit: (code: string) => void;
}

/** The code that was sent, typed back. */
export function EnterCode({ sent, failure, pending, resending, onResend, onSubmit }: EnterCodeProps) {
  return (
    <CodeForm
      delivery={<SentTo sent={sent} />}
      buttons={
        <Group justify="space-between">
          <Resend resendAt={sent.resendAt} pending={resending} onResend={onResend} />
          <ActButton type="submit" pending={pending}>
            Confirm
          </ActButton>
        </Group>
      }
      pending={pending}
      failure={failure}
      onSubmit={onSubmit}
    />
  );
}

const ASK_AGAIN_MS = 1_500;

/** Where the letter stands now, asked again until it is out. */
export function SentTo({ sent }: { sent: SentCode }) {
  const state = useQuery({
    ...api.self.twoStep.codeState.queryOptions({ challengeId: sent.challengeId }),
    refetchInterval: ({ state: { data } }) => (isUnderWay(data ?? sent) ? ASK_AGAIN_MS : false),
  });
  return <DeliveryLine code={state.data ?? sent} />;
}
