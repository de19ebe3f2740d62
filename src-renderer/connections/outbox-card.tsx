import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card, Row } from '../ui/card.tsx';
import { Failure } from '../ui/failure.tsx';
import { FolderPath } from '../ui/folder-path.tsx';
import { ButtonLink } from '../ui/links.tsx';

/** Where mail goes until a mail server is set up (R50). */
export function OutboxCard({ folder }: { folder: string }) {
  const open = useMutation(api.open.openOutboxFolder.mutationOptions());
  return (
    <section aria-labelledby="outbox">
      <Card title="Outbox" titleId="outbox" titleOrder={2}>
        <Row
          name="Mail stays on this computer"
          consequence={
            <>
              Until a mail server is set up, each message is a file in <FolderPath path={folder} />, and whoever can
              read that folder can read its codes.
              {open.data?.opened === false && ' There is no desktop here to open it with; use the path.'}
              <Failure error={open.error} />
            </>
          }
        >
          <Group gap="sm">
            <ButtonLink to="/outbox" variant="default">
              Read your messages
            </ButtonLink>
            <Button variant="default" onClick={() => open.mutate()}>
              Open the folder
            </Button>
          </Group>
        </Row>
      </Card>
    </section>
  );
}
