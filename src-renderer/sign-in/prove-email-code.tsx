import { Checkbox, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { CodeForm } from '../ui/code-form.tsx';
import { CodeTrouble } from '../ui/code-trouble.tsx';
import { DeliveryLine } from '../ui/delivery-line.tsx';
import { Notice } from '../ui/notice.tsx';
import { Resend } from '../ui/resend.tsx';
import { clockTime, timeLeft } from '../ui/times.ts';
import { useCountdown } from '../ui/use-countdown.ts';
import type { Pending } from './second-step-screen.tsx';
import { useProof } from './use-proof.ts';

interface ProveEmailCodeProps {
  pending: Pending;
  /** Kept by whoever asks, for a person who looks at the other ways and comes back. */
  remember: boolean;
  onRemember: (remember: boolean) => void;
}

/** Asks for the code that went to the mailbox. */
export function ProveEmailCode({ pending, remember, onRemember }: ProveEmailCodeProps) {
  const queries = useQueryClient();
  const prove = useProof();
  const sent = pending.code;
  const send = useMutation(
    api.open.signIn.sendCode.mutationOptions({
      onSuccess: () => queries.invalidateQueries(api.open.signIn.pending.queryFilter()),
    }),
  );
  const locked = useCountdown(pending.lockedUntil) > 0;
  if (locked && pending.lockedUntil !== null) return <Locked until={pending.lockedUntil} />;

  const sendCode = () => {
    prove.reset();
    send.mutate({ method: 'email' });
  };
  const answer = (challengeId: string, code: string) => {
    send.reset();
    prove.mutate({ method: 'email', challengeId, code, remember });
  };
  if (!sent) {
    return (
      <Stack gap="md">
        <CodeTrouble short={false} error={send.error} />
        <ActButton pending={send.isPending} onClick={sendCode} fullWidth>
          Send code
        </ActButton>
      </Stack>
    );
  }
  return (
    <CodeForm
      key={sent.sentAt}
      delivery={<DeliveryLine code={sent} />}
      buttons={
        <>
          <ActButton type="submit" size="md" pending={prove.isPending} fullWidth>
            Confirm
          </ActButton>
          <Resend resendAt={sent.resendAt} pending={send.isPending} onResend={sendCode} />
        </>
      }
      pending={prove.isPending}
      failure={send.error ?? prove.error}
      onSubmit={(code) => answer(sent.challengeId, code)}
    >
      {pending.remember && (
        <Checkbox
          label="Remember this device"
          description={REMEMBERED[pending.remember]}
          checked={remember}
          onChange={({ currentTarget }) => onRemember(currentTarget.checked)}
        />
      )}
    </CodeForm>
  );
}

const REMEMBERED: Readonly<Record<NonNullable<Pending['remember']>, string>> = {
  session: 'No code is asked here until Vestibule is closed. Only on a computer that is yours.',
  '1d': 'No code is asked here for a day. Only on a computer that is yours.',
  '7d': 'No code is asked here for a week. Only on a computer that is yours.',
  '30d': 'No code is asked here for 30 days. Only on a computer that is yours.',
};

function Locked({ until }: { until: number }) {
  return (
    <Notice tone="warn" title={`Sign-in is paused until ${clockTime(until)}`}>
      There were too many wrong tries, so codes are not checked for now. Try again {timeLeft(until)}, use another way,
      or ask your admin.
    </Notice>
  );
}
