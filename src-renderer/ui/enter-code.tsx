import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { codeFailure } from '../explain.ts';
import { ActButton } from './act-button.tsx';
import { CodeField } from './code-field.tsx';
import { CodeTrouble } from './code-trouble.tsx';
import { DeliveryLine, isUnderWay } from './delivery-line.tsx';
import { Resend } from './resend.tsx';
import { useCode } from './use-code.ts';

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
  const answer = useCode((code) => {
    if (!pending) onSubmit(code);
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        answer.offer();
      }}
    >
      <Stack gap="md">
        <SentTo sent={sent} />
        <CodeField
          value={answer.code}
          onChange={answer.change}
          onComplete={answer.offer}
          busy={pending}
          failure={codeFailure(failure)}
        />
        <CodeTrouble short={answer.short} error={failure} />
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
    refetchInterval: ({ state: { data } }) => (isUnderWay(data ?? sent) ? ASK_AGAIN_MS : false),
  });
  return <DeliveryLine code={state.data ?? sent} />;
}
