import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card, Row } from './card.tsx';

interface DangerCardProps {
  name: string;
  /** What is lost, in one sentence or two. */
  consequence: string;
  /** On the button, and the title of the dialog that asks for proof. */
  act: string;
  dialog: { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void };
  children: ReactNode;
}

/** An act without a way back, apart from everything else: red in outline, and only its dialog goes through with it. */
export function DangerCard({ name, consequence, act, dialog, children }: DangerCardProps) {
  return (
    <Card>
      <Row name={name} consequence={consequence}>
        <Button variant="outline" color="red" onClick={dialog.open}>
          {act}
        </Button>
      </Row>
      <Modal opened={dialog.isOpen} onClose={dialog.close} title={act}>
        {children}
      </Modal>
    </Card>
  );
}
