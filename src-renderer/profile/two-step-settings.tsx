import { Modal, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '../api.ts';
import { Card, Row } from '../ui/card.tsx';
import { EnableTwoStep } from '../ui/enable-two-step.tsx';
import { showFreshCodes } from '../ui/fresh-codes.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { StatusWord } from '../ui/status-word.tsx';
import type { TwoStep } from '../ui/use-me.ts';
import { DisableTwoStep } from './disable-two-step.tsx';
import { MethodsTable } from './methods-table.tsx';
import { RecoveryCodesRow } from './recovery-codes-row.tsx';
import { useProfileDialog } from './use-profile-dialog.ts';

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
  const active = twoStep.state === 'active';
  const showCodes = (codes: readonly string[]) => {
    dialog.close();
    showFreshCodes(codes, () => control.current?.focus());
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
          consequence={whatFollows(twoStep)}
        >
          <Switch
            ref={control}
            id="two-step"
            size="md"
            checked={active !== dialog.isOpen}
            disabled={active ? !twoStep.mayDisable : twoStep.available.length === 0}
            onChange={dialog.open}
          />
        </Row>
        {active && <RecoveryCodesRow left={twoStep.recoveryCodes} onReplaced={showCodes} />}
      </Card>
      {active && <MethodsTable methods={twoStep.methods} />}
      <Modal
        opened={dialog.isOpen}
        onClose={dialog.close}
        title={active ? 'Disable two-step verification' : 'Enable two-step verification'}
      >
        {active ? <DisableTwoStep onDone={dialog.close} /> : <EnableTwoStep twoStep={twoStep} onEnabled={showCodes} />}
      </Modal>
    </>
  );
}

/** One sentence under the switch, and why it does not move where it does not. */
function whatFollows({ state, enforcement, mayDisable }: TwoStep): string {
  if (enforcement === 'off') {
    return state === 'active'
      ? 'It is set up, but switched off for the whole workspace: no code is asked for now.'
      : 'It is switched off for the whole workspace. An admin decides that in Workspace settings.';
  }
  if (state === 'off') return 'Your password alone opens this account. With it, every sign-in asks for a code too.';
  return mayDisable
    ? 'Every sign-in asks for a code as well as your password.'
    : 'Every sign-in asks for a code as well as your password. Your workspace requires it, so it cannot be switched off.';
}
