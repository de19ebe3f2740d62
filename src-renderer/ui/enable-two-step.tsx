import { Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SentCode } from '../api.ts';
import { api } from '../api.ts';
import { ActButton } from './act-button.tsx';
import { Choice } from './choice.tsx';
import { EnterCode } from './enter-code.tsx';
import { Failure } from './failure.tsx';
import { Steps } from './steps.tsx';
import type { TwoStep } from './use-me.ts';
import { useMe } from './use-me.ts';

const STEPS = ['Method', 'Code', 'Recovery codes'];

interface EnableTwoStepProps {
  twoStep: TwoStep;
  /** @param recoveryCodes shown once, by the caller. */
  onEnabled: (recoveryCodes: readonly string[]) => void;
}

/** Method, code, recovery codes: the last step is a dialog of its own, because it must not be closed by accident. */
export function EnableTwoStep({ twoStep, onEnabled }: EnableTwoStepProps) {
  const [sent, setSent] = useState<SentCode | null>(null);
  const queries = useQueryClient();
  const send = useMutation(api.self.twoStep.sendEnableCode.mutationOptions({ onSuccess: setSent }));
  const enable = useMutation(
    api.self.twoStep.enable.mutationOptions({
      onSuccess: async ({ recoveryCodes }) => {
        onEnabled(recoveryCodes);
        await queries.invalidateQueries();
      },
    }),
  );
  const sendCode = () => {
    enable.reset();
    send.mutate({ method: 'email' });
  };

  return (
    <Stack gap="lg">
      <Steps active={sent ? 1 : 0} names={STEPS} />
      {sent ? (
        <EnterCode
          key={sent.sentAt}
          sent={sent}
          failure={send.error ?? enable.error}
          pending={enable.isPending}
          resending={send.isPending}
          onResend={sendCode}
          onSubmit={(code) => {
            send.reset();
            enable.mutate({ challengeId: sent.challengeId, code });
          }}
        />
      ) : (
        <ChooseMethod twoStep={twoStep} failure={send.error} pending={send.isPending} onSend={sendCode} />
      )}
    </Stack>
  );
}

interface ChooseMethodProps {
  twoStep: TwoStep;
  failure: unknown;
  pending: boolean;
  onSend: () => void;
}

function ChooseMethod({ twoStep, failure, pending, onSend }: ChooseMethodProps) {
  const email = useMe().data?.account.email;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) onSend();
      }}
    >
      <Stack gap="md">
        <Radio.Group label="Method" defaultValue={twoStep.available[0] ?? null}>
          <Stack gap="xs" mt={4}>
            {twoStep.available.includes('email') && (
              <Choice value="email" label="Email">
                A six-digit code goes to {email} at every sign-in.
              </Choice>
            )}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          {twoStep.onEnrol === 'keep'
            ? 'Once it is on, every sign-in asks for it. Sessions that are open go on.'
            : 'Once it is on, your other sessions are signed out; this one goes on.'}
        </Text>
        <Failure error={failure} />
        <Group justify="flex-end">
          <ActButton type="submit" pending={pending} data-autofocus>
            Send code
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
