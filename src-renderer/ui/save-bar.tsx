import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { ActButton } from './act-button.tsx';
import classes from './save-bar.module.css';

interface SaveBarProps {
  /** What is different from what is saved, by the names of the fields. */
  changed: readonly string[];
  pending: boolean;
  onDiscard: () => void;
}

/** Appears at the foot of a form once something changed, and names what. Its Save submits the form around it. */
export function SaveBar({ changed, pending, onDiscard }: SaveBarProps) {
  const open = changed.length > 0;
  // A word about the last act must not cover the buttons of the next.
  useEffect(() => {
    if (open) notifications.clean();
  }, [open]);
  if (!open) return null;
  return (
    <div className={classes.bar} role="status">
      <Text size="sm">
        Not saved yet: <strong>{changed.join(', ')}</strong>
      </Text>
      <Group gap="xs">
        <Button variant="default" size="sm" onClick={onDiscard}>
          Discard
        </Button>
        <ActButton type="submit" size="sm" pending={pending}>
          Save
        </ActButton>
      </Group>
    </div>
  );
}
