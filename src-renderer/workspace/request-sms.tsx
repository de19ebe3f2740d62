import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { told } from '../ui/told.ts';
import { When } from '../ui/when.tsx';
import type { PolicyView } from './use-policy-draft.ts';

/** Asks the owners for text messages, which cost extra (R33). */
export function RequestSms({ view }: { view: PolicyView }) {
  const [open, setOpen] = useState(false);
  const { smsRequestedAt, canChange } = view;
  return (
    <Group gap="xs" mt={6} ml="1.875rem">
      {canChange && (
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          Request SMS
        </Button>
      )}
      {smsRequestedAt !== null && (
        <Text size="xs" c="dimmed">
          Requested <When at={smsRequestedAt} />
        </Text>
      )}
      <Modal opened={open} onClose={() => setOpen(false)} title="Request text messages">
        <Request onDone={() => setOpen(false)} />
      </Modal>
    </Group>
  );
}

function Request({ onDone }: { onDone: () => void }) {
  const [note, setNote] = useState('');
  const queries = useQueryClient();
  const request = useMutation(
    api.admin.policy.requestSms.mutationOptions({
      onSuccess: async () => {
        onDone();
        told('Text messages are requested', 'The owners of the workspace get an email.');
        await queries.invalidateQueries(api.admin.policy.pathFilter());
      },
    }),
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A form inside the policy's: React would tell that one too.
        event.stopPropagation();
        if (!request.isPending) request.mutate({ note });
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          Text messages are a paid extra. Every owner gets an email with your request; nothing else changes. It is sent
          once a day at most.
        </Text>
        <Textarea
          label="Note"
          description="Why you need them, in a sentence. You can leave it empty."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={400}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
          data-autofocus
        />
        <Failure error={request.error} />
        <Group justify="flex-end">
          <ActButton type="submit" pending={request.isPending}>
            Send request
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}
