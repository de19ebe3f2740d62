import { Button, Modal } from '@mantine/core';
import { Card, Row } from '../ui/card.tsx';
import { ChangePasswordForm } from './change-password-form.tsx';
import { useProfileDialog } from './use-profile-dialog.ts';

/** The first door's key. */
export function PasswordCard() {
  const dialog = useProfileDialog('password');
  return (
    <Card>
      <Row name="Password" consequence="Changing it signs you out everywhere else.">
        <Button variant="default" onClick={dialog.open}>
          Change password
        </Button>
      </Row>
      <Modal opened={dialog.isOpen} onClose={dialog.close} title="Change password">
        <ChangePasswordForm onDone={dialog.close} />
      </Modal>
    </Card>
  );
}
