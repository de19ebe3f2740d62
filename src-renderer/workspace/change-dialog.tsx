import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Policy } from '../../src-main/domain/policy.ts';
import { api } from '../api.ts';
import { failureOf } from '../explain.ts';
import { Failure } from '../ui/failure.tsx';
import { told } from '../ui/told.ts';
import { forgetSpent, PolicyProof } from './policy-proof.tsx';
import type { PolicyView } from './use-policy-draft.ts';

interface ChangeDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Something lies over it, and has the keys. Whoever says so gives the focus back: the dialog would lose track of it. */
  covered?: boolean;
  title: string;
  view: PolicyView;
  content: ChangeProps;
}

interface ChangeProps {
  /** What is to be in force afterwards. */
  policy: Policy;
  /** What follows, and what there is to choose. */
  children: ReactNode;
  /** Beside the code: what it will confirm. */
  reminder: string;
  firstStep: string;
  danger?: boolean;
  success: readonly [title: string, message: string];
  onSaved?: () => void;
}

/** Any change of the policy: what it means, then the code, against the version that was looked at. */
export function ChangeDialog({ opened, onClose, covered, title, view, content }: ChangeDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeOnEscape={!covered}
      trapFocus={!covered}
      returnFocus={covered === undefined}
    >
      <Change {...content} view={view} onClose={onClose} />
    </Modal>
  );
}

function Change({ policy, children, reminder, firstStep, danger, success, onSaved, view, onClose }: ChangeFormProps) {
  const [looked] = useState(view);
  const queries = useQueryClient();
  const change = useMutation(
    api.admin.policy.change.mutationOptions({
      onSuccess: async (_, { proof }) => {
        forgetSpent(queries, proof);
        onClose();
        onSaved?.();
        told(...success);
        await queries.invalidateQueries();
      },
      onError: async (error) => {
        if (failureOf(error)?.code === 'changedMeanwhile')
          await queries.invalidateQueries(api.admin.policy.pathFilter());
      },
    }),
  );
  if (failureOf(change.error)?.code === 'changedMeanwhile') {
    return (
      <Stack gap="md">
        <Failure error={change.error} />
        <Group justify="flex-end">
          <Button onClick={onClose} autoFocus>
            See what is in force now
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <PolicyProof
      firstStep={firstStep}
      reminder={reminder}
      recoveryCodes={looked.ownTwoStep === 'active'}
      danger={danger ?? false}
      pending={change.isPending}
      failure={change.error}
      onForget={change.reset}
      onProve={(proof) => change.mutate({ expectedVersion: looked.version, policy, proof })}
    >
      {children}
    </PolicyProof>
  );
}

interface ChangeFormProps extends ChangeProps {
  view: PolicyView;
  onClose: () => void;
}
