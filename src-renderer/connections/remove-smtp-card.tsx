import { Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { DangerCard } from '../ui/danger-card.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';

/** Back to the outbox folder, apart from everything else. */
export function RemoveSmtpCard({ twoStep }: { twoStep: Me['twoStep'] }) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <DangerCard
      name="Stop using this mail server"
      consequence="Its settings are forgotten. Mail stays in the outbox folder of this computer again."
      act="Remove mail server"
      dialog={{ isOpen, open, close }}
    >
      <RemoveSmtp twoStep={twoStep} onDone={close} />
    </DangerCard>
  );
}

function RemoveSmtp({ twoStep, onDone }: { twoStep: Me['twoStep']; onDone: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation(
    api.admin.connections.remove.mutationOptions({
      onSuccess: async () => {
        onDone();
        told('The mail server is removed', 'Mail stays in the outbox folder now.');
        await queries.invalidateQueries();
      },
    }),
  );
  return (
    <ProveForm
      purpose="connections"
      danger
      passwordOnly={twoStep === 'off'}
      pending={remove.isPending}
      failure={remove.error}
      onForget={remove.reset}
      onProve={remove.mutate}
    >
      <Text size="sm">
        Codes will reach nobody’s mailbox any more: who signs in with one has to read it in the outbox folder.
      </Text>
    </ProveForm>
  );
}
