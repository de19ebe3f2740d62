import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import type { Me } from '../ui/use-me.ts';
import type { DialogAct } from './acts.ts';
import { ACTS } from './acts.ts';
import { ChangeRole } from './change-role.tsx';
import { EditUser } from './edit-user.tsx';
import { ResetTwoStep } from './reset-two-step.tsx';
import { SuspendUser } from './suspend-user.tsx';
import { Whitelist } from './whitelist.tsx';

export interface OpenAct {
  readonly act: DialogAct;
  readonly person: Person;
}

interface PersonDialogsProps {
  me: Me;
  open: OpenAct | null;
  onClose: () => void;
}

/** The dialog of the act that was chosen. What it was stays while it fades away. */
export function PersonDialogs({ me, open, onClose }: PersonDialogsProps) {
  const [shown, setShown] = useState(open);
  if (open && open !== shown) setShown(open);
  return (
    <Modal opened={open !== null} onClose={onClose} title={shown && ACTS[shown.act].name}>
      {shown && <ActDialog {...shown} me={me} onDone={onClose} />}
    </Modal>
  );
}

function ActDialog({ act, ...about }: OpenAct & { me: Me; onDone: () => void }) {
  if (act === 'edit') return <EditUser {...about} />;
  if (act === 'whitelist') return <Whitelist {...about} />;
  if (act === 'role') return <ChangeRole {...about} />;
  if (act === 'reset') return <ResetTwoStep {...about} />;
  return <SuspendUser {...about} />;
}
