import { Button, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClockExclamation } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import classes from './policy-banner.module.css';
import { ProveForm } from './prove-form.tsx';
import { told } from './told.ts';
import type { Me } from './use-me.ts';

/** The computer's clock contradicts what is on record; an owner says when it is right (S37). */
export function WrongClock({ me }: { me: Me }) {
  const [opened, dialog] = useDisclosure();
  const isOwner = me.account.role === 'owner';
  return (
    <aside className={classes.banner} aria-label="Clock">
      <IconClockExclamation size={20} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <strong>The clock of this computer seems to be wrong.</strong> Deadlines and trusted devices stand still until{' '}
        {isOwner ? 'you set it right and confirm it.' : 'it is set right and an owner confirms it.'}
      </p>
      {isOwner && (
        <Button size="xs" className={classes.act ?? ''} onClick={dialog.open}>
          Confirm the clock
        </Button>
      )}
      <Modal opened={opened} onClose={dialog.close} title="Confirm the clock">
        <AcceptClock passwordOnly={me.twoStep === 'off'} onDone={dialog.close} />
      </Modal>
    </aside>
  );
}

function AcceptClock({ passwordOnly, onDone }: { passwordOnly: boolean; onDone: () => void }) {
  const queries = useQueryClient();
  const accept = useMutation(
    api.admin.clock.accept.mutationOptions({
      onSuccess: async () => {
        onDone();
        told('The clock is confirmed', 'Deadlines run again by the time of this computer.');
        await queries.invalidateQueries();
      },
    }),
  );
  // By this computer's own clock, for once: it is the one in question.
  const time = new Date().toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'short' });
  return (
    <ProveForm
      purpose="clock"
      passwordOnly={passwordOnly}
      pending={accept.isPending}
      failure={accept.error}
      onForget={accept.reset}
      onProve={accept.mutate}
    >
      <Stack gap="xs">
        <Text size="sm">
          This window says it is <strong>{time}</strong>. Compare it with another clock first: deadlines, codes and
          sessions are counted by it.
        </Text>
        <Text size="sm">If it had run ahead, everybody is signed out.</Text>
      </Stack>
    </ProveForm>
  );
}
