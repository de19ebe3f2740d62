import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { told } from '../ui/told.ts';
import type { Exception } from './exceptions-card.tsx';
import { forgetSpent, PolicyProof } from './policy-proof.tsx';
import type { PolicyView } from './use-policy-draft.ts';

interface EndExceptionProps {
  exception: Exception | null;
  onClose: () => void;
  view: PolicyView;
}

/** Takes an exception back, at once (R37). */
export function EndException({ exception, onClose, view }: EndExceptionProps) {
  return (
    <Modal opened={exception !== null} onClose={onClose} title="End the exception">
      {exception && <End exception={exception} onClose={onClose} view={view} />}
    </Modal>
  );
}

function End({ exception: given, onClose, view }: EndExceptionProps & { exception: Exception }) {
  const [{ id, who, kind }] = useState(given);
  const queries = useQueryClient();
  const end = useMutation(
    api.admin.exceptions.end.mutationOptions({
      onSuccess: async (_, { proof }) => {
        forgetSpent(queries, proof);
        onClose();
        told('The exception has ended', `The policy holds for ${who.name} like for everybody.`);
        await queries.invalidateQueries();
      },
    }),
  );
  return (
    <PolicyProof
      firstStep="What follows"
      reminder={`With this code, the exception of ${who.name} ends.`}
      recoveryCodes={view.ownTwoStep === 'active'}
      danger
      pending={end.isPending}
      failure={end.error}
      onForget={end.reset}
      onProve={(proof) => end.mutate({ id, proof })}
    >
      <Text size="sm">
        The policy holds for {who.name} like for everybody, from the next sign-in.{' '}
        {kind === 'breakGlass' ? 'The account for emergencies is then asked for a second step too.' : LOST_TIME}
      </Text>
    </PolicyProof>
  );
}

const LOST_TIME = 'Whoever’s own deadline has passed by now must set it up then, or is refused.';
