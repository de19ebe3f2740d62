import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Failure } from './failure.tsx';
import { FolderPath } from './folder-path.tsx';
import { Notice } from './notice.tsx';

/** Before sign-in: where to look for mail while it is written to a folder (R50, SECURITY "Settled"). */
export function MailPlace() {
  const welcome = useQuery(api.open.welcome.queryOptions());
  const open = useMutation(api.open.openOutboxFolder.mutationOptions());
  const mail = welcome.data?.mail;
  if (mail?.kind !== 'outbox') return null;
  return (
    <Notice
      title="Mail lies in the outbox folder"
      action={
        <Button variant="default" size="compact-sm" onClick={() => open.mutate()}>
          Open outbox folder
        </Button>
      }
    >
      No mail server is set up yet, so messages with codes are written to <FolderPath path={mail.folder} />
      {open.data?.opened === false && <> There is no desktop here to open it with; use the path.</>}
      <Failure error={open.error} />
    </Notice>
  );
}
