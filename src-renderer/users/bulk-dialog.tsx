import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import type { Me } from '../ui/use-me.ts';
import type { BulkAct } from './bulk-acts.ts';
import { BULK_ACTS } from './bulk-acts.ts';
import { BulkForm } from './bulk-form.tsx';
import { BulkResult } from './bulk-result.tsx';
import { useBulk } from './use-bulk.ts';

interface BulkDialogProps {
  me: Me;
  act: BulkAct | null;
  people: readonly Person[];
  /** For those it was done to; the others stay selected. */
  onDone: (ids: readonly string[]) => void;
  onClose: () => void;
  onClosed: () => void;
}

/** Asks what an act on many needs, shows how far it is, and ends with what was done and what was not. */
export function BulkDialog({ me, act, people, onDone, onClose, onClosed }: BulkDialogProps) {
  const { progress, outcome, start, cancel, reset } = useBulk(me.account.id, onDone);
  const [shown, setShown] = useState(act);
  if (act && act !== shown) setShown(act);
  return (
    <Modal
      opened={act !== null}
      onClose={progress ? cancel : onClose}
      onExitTransitionEnd={() => {
        reset();
        onClosed();
      }}
      title={shown && BULK_ACTS[shown].name}
    >
      {shown && !progress && !outcome && (
        <BulkForm act={shown} people={people} onStart={(order) => start(order, people)} />
      )}
      {progress && (
        <Stack ref={takeFocus} tabIndex={-1} gap="md" style={{ outline: 'none' }}>
          <ProgressBar
            label={BULK_ACTS[progress.order.act].bar}
            done={progress.done}
            total={progress.total}
            unit="people"
          />
          <Text size="sm">One after the other. What is done already stays done if you cancel.</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={cancel}>
              Cancel
            </Button>
          </Group>
        </Stack>
      )}
      {outcome && <BulkResult outcome={outcome} onClose={onClose} />}
    </Modal>
  );
}

/** What had the focus is gone; the key that began it must not cancel it. */
const takeFocus = (box: HTMLElement | null) => box?.focus();
