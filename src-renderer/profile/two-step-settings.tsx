import { Modal, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { Card, Row } from '../ui/card.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { StatusWord } from '../ui/status-word.tsx';
import { DisableTwoStep } from './disable-two-step.tsx';
import { EnableTwoStep } from './enable-two-step.tsx';
import { MethodsTable } from './methods-table.tsx';
import { RecoveryCodesRow } from './recovery-codes-row.tsx';
import { SaveRecoveryCodes } from './save-recovery-codes.tsx';
import { useProfileDialog } from './use-profile-dialog.ts';

export type TwoStep = Answers['self']['twoStep']['status'];

/** The second door: its switch, its methods, its recovery codes. */
export function TwoStepSettings() {
  const status = useQuery(api.self.twoStep.status.queryOptions());
  if (status.isPending) return <Loading rows={2} />;
  if (status.isLoadingError) return <Problem error={status.error} retry={status.refetch} />;
  return <TwoStepCards twoStep={status.data} />;
}

function TwoStepCards({ twoStep }: { twoStep: TwoStep }) {
  const dialog = useProfileDialog('twoStep');
  const control = useRef<HTMLInputElement>(null);
  // Kept in this state alone, and only until they are said to be saved (S80).
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const active = twoStep.state === 'active';
  const enabled = (fresh: readonly string[]) => {
    setCodes(fresh);
    dialog.close();
  };

  return (
    <>
      <Card>
        <Row
          name={
            <>
              <label htmlFor="two-step">Two-step verification</label>
              <StatusWord state={twoStep.state} />
            </>
          }
          consequence={
            active
              ? 'Every sign-in asks for a code as well as your password.'
              : 'Your password alone opens this account. With it, every sign-in asks for a code too.'
          }
        >
          <Switch ref={control} id="two-step" size="md" checked={active !== dialog.isOpen} onChange={dialog.open} />
        </Row>
        {active && <RecoveryCodesRow left={twoStep.recoveryCodes} onReplaced={setCodes} />}
      </Card>
      {active && <MethodsTable methods={twoStep.methods} />}
      <Modal
        opened={dialog.isOpen}
        onClose={dialog.close}
        title={active ? 'Disable two-step verification' : 'Enable two-step verification'}
      >
        {active ? <DisableTwoStep onDone={dialog.close} /> : <EnableTwoStep twoStep={twoStep} onEnabled={enabled} />}
      </Modal>
      {codes && (
        <SaveRecoveryCodes
          codes={codes}
          onSaved={() => {
            setCodes(null);
            control.current?.focus();
          }}
        />
      )}
    </>
  );
}
