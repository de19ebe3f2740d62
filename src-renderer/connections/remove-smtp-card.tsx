import { Button, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { Card, Row } from '../ui/card.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';

/** Back to the outbox folder, apart from everything else. */
export function RemoveSmtpCard({ twoStep }: { twoStep: Me['twoStep'] }) {
  const [opened, setOpened] = useState(false);
  return (
    <Card>
      <Row
        name="Stop using this mail server"
        consequence="Its settings are forgotten. Mail stays in the outbox folder of this computer again."
      >
        <Button variant="outline" color="red" onClick={() => setOpened(true)}>
          Remove mail server
        </Button>
      </Row>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Remove mail server">
        <RemoveSmtp twoStep={twoStep} onDone={() => setOpened(false)} />
      </Modal>
    </Card>
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
