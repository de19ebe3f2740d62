import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
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
        <TextInput
          label="Recovery code"
          description="Each works once. Capitals, spaces and dashes do not matter."
          inputWrapperOrder={['label', 'input', 'description']}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
          error={Boolean(prove.error)}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          ff="monospace"
        />
        <Failure error={prove.error} />
        <ActButton type="submit" size="md" pending={prove.isPending} fullWidth>
          Confirm
        </ActButton>
      </Stack>
    </form>
  );
}
