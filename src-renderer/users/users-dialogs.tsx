import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { UsersDialog } from '../ui/signposts.ts';
import type { Me } from '../ui/use-me.ts';
import { AddUser } from './add-user.tsx';
import { ExportUsers } from './export-users.tsx';
import { Groups } from './groups.tsx';
import { ImportUsers } from './import-users.tsx';

interface UsersDialogsProps {
  me: Me;
  dialog: UsersDialog | undefined;
  onClose: () => void;
}

/** Dialogs about no one person; which is open stands in the address. */
export function UsersDialogs({ me, dialog, onClose }: UsersDialogsProps) {
  const [running, setRunning] = useState<string | null>(null);
  const manages = me.permissions.users === 'manage';
  const shows = (wanted: UsersDialog) => ({ opened: dialog === wanted, onClose });
  return (
    <>
      <Modal {...shows('export')} title="Export users">
        <ExportUsers onDone={onClose} />
      </Modal>
      <Modal {...shows('groups')} title="Groups">
        <Groups manages={manages} />
      </Modal>
      {manages && (
        <>
          <Modal {...shows('add')} title="Add user">
            <AddUser me={me} onDone={onClose} />
          </Modal>
          <Modal {...shows('import')} title="Import users" size="42rem">
            <ImportUsers me={me} running={running} onRunning={setRunning} onDone={onClose} />
          </Modal>
        </>
      )}
    </>
  );
}
