import { Button, Group, Modal, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Row } from '../ui/card.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import type { TwoStep } from '../ui/use-me.ts';
import { useProfileDialog } from './use-profile-dialog.ts';

interface RecoveryCodesRowProps {
  left: TwoStep['recoveryCodes'];
  onReplaced: (codes: readonly string[]) => void;
}

/** How many recovery codes are left (R4), and the way to a new set (R9). */
export function RecoveryCodesRow({ left, onReplaced }: RecoveryCodesRowProps) {
  const dialog = useProfileDialog('newCodes');
  return (
    <>
      <Row
        name={
          <>
            Recovery codes
            <Text span size="sm" fw={600} c={left.low ? 'var(--warn)' : 'dimmed'}>
              <Group component="span" gap={6} display="inline-flex">
                {left.low && <IconAlertTriangle size={16} aria-hidden />}
                {left.left} of {left.total} left
              </Group>
            </Text>
          </>
        }
        consequence={
          left.low
            ? 'Few are left. Generate a new set before you need the last one.'
            : 'Each opens the second step once when your mailbox is out of reach.'
        }
      >
        <Button variant="default" onClick={dialog.open}>
          Generate new codes
        </Button>
      </Row>
      <Modal opened={dialog.isOpen} onClose={dialog.close} title="Generate new recovery codes">
        <ReplaceCodes
          onReplaced={(codes) => {
            onReplaced(codes);
            dialog.close();
          }}
        />
      </Modal>
    </>
  );
}

function ReplaceCodes({ onReplaced }: { onReplaced: (codes: readonly string[]) => void }) {
  const queries = useQueryClient();
  const replace = useMutation(
    api.self.twoStep.newRecoveryCodes.mutationOptions({
      onSuccess: async ({ recoveryCodes }) => {
        onReplaced(recoveryCodes);
        await queries.invalidateQueries(api.self.pathFilter());
      },
    }),
  );
  return (
    <ProveForm
      purpose="newRecoveryCodes"
      pending={replace.isPending}
      failure={replace.error}
      onForget={replace.reset}
      onProve={replace.mutate}
    >
      <Text size="sm">You get ten new codes. The ones you have now stop working at once.</Text>
    </ProveForm>
  );
}
