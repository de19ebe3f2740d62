import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api.ts';
import { ActButton } from './act-button.tsx';
import { stopwatch } from './times.ts';
import { useCountdown } from './use-countdown.ts';
import type { Me } from './use-me.ts';
import { useRealInput } from './use-real-input.ts';
import { useSignOut } from './use-sign-out.ts';

const ASK_AGAIN_MS = 2_000;

/** Asks before the idle end comes, and lets the person's own input put it off. */
export function IdleWarning({ session }: { session: Me['session'] }) {
  const queries = useQueryClient();
  const keepAlive = useMutation(
    api.self.keepAlive.mutationOptions({
      onSuccess: (extended) =>
        queries.setQueryData(api.self.me.queryKey(), (me) => me && { ...me, session: { ...me.session, ...extended } }),
    }),
  );
  const signOut = useSignOut();
  const left = useCountdown(session.idleEndsAt);
  const warned = useCountdown(session.idleEndsAt - session.warnMs) === 0;

  // Another window, or an act of this one, may have put the end off meanwhile.
  useEffect(() => {
    if (warned) void queries.invalidateQueries(api.self.me.queryFilter());
  }, [warned, queries]);
  useEffect(() => {
    if (left > 0) return;
    const ask = () => void queries.invalidateQueries(api.open.welcome.queryFilter());
    ask();
    const timer = setInterval(ask, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [left, queries]);
  useRealInput(!warned, () => keepAlive.mutate());

  return (
    <Modal
      opened={warned}
      onClose={() => keepAlive.mutate()}
      title="Are you still there?"
      withCloseButton={false}
      closeOnClickOutside={false}
      zIndex={900}
    >
      <Stack gap="lg">
        <Text size="sm" aria-live="off">
          Nothing has happened for a while. You will be signed out in{' '}
          <Text span inherit fw={600} className="numerals">
            {stopwatch(left)}
          </Text>
          ; anything not saved is lost then.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => signOut.mutate()}>
            Sign out
          </Button>
          <ActButton data-autofocus pending={keepAlive.isPending} onClick={() => keepAlive.mutate()}>
            Stay signed in
          </ActButton>
        </Group>
      </Stack>
    </Modal>
  );
}
