import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconMailCheck, IconMailForward } from '@tabler/icons-react';
import type { SentCode } from '../api.ts';
import { clockTime } from './times.ts';

/** Where the letter with the code stands (R51). */
export function DeliveryLine({ code }: { code: SentCode }) {
  const { Icon, words, color } = stateOf(code);
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" c={color} role="status">
      <Icon size={18} aria-hidden style={{ flex: 'none', marginTop: 1 }} />
      <Text size="sm">{words}</Text>
    </Group>
  );
}

function stateOf({ delivery, sentTo, sentAt }: SentCode) {
  if (delivery === 'queued') return { Icon: IconMailForward, words: `Sending a code to ${sentTo}…`, color: 'dimmed' };
  if (delivery === 'sent')
    return { Icon: IconMailCheck, words: `Sent to ${sentTo} at ${clockTime(sentAt)}`, color: 'dimmed' };
  return {
    Icon: IconAlertTriangle,
    words: `The code could not be delivered to ${sentTo} yet. Resend it, or try another way.`,
    color: 'var(--bad)',
  };
}
