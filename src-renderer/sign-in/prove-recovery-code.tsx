import { Stack } from '@mantine/core';
import { useState } from 'react';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { RecoveryCodeField } from '../ui/recovery-code-field.tsx';
import { useProof } from './use-proof.ts';

/** Asks for one of the saved recovery codes. */
export function ProveRecoveryCode() {
  const [code, setCode] = useState('');
  const prove = useProof();
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!prove.isPending) prove.mutate({ method: 'recoveryCode', code });
      }}
    >
      <Stack gap="md">
        <RecoveryCodeField value={code} onChange={setCode} failure={prove.error} />
        <Failure error={prove.error} />
        <ActButton type="submit" size="md" pending={prove.isPending} fullWidth>
          Confirm
        </ActButton>
      </Stack>
    </form>
  );
}
