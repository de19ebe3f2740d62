import { Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyProps {
  Icon: Icon;
  title: string;
  children: ReactNode;
}

/** Says what will stand here, and offers the first act. */
export function Empty({ Icon, title, children }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <Icon size={32} stroke={1.25} aria-hidden color="var(--mantine-color-dimmed)" />
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" maw="28rem" component="div" style={{ textWrap: 'balance' }}>
        {children}
      </Text>
    </Stack>
  );
}
