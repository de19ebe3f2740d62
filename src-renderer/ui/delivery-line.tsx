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

/** Whether more will be known of the letter before long. */
export function isUnderWay({ delivery }: SentCode): boolean {
  return delivery === 'queued' || delivery === 'retrying';
}

function stateOf({ delivery, sentTo, sentAt }: SentCode) {
  if (delivery === 'queued') return { Icon: IconMailForward, words: `Sending a code to ${sentTo}…`, color: 'dimmed' };
  if (delivery === 'sent')
    return { Icon: IconMailCheck, words: `Sent to ${sentTo} at ${clockTime(sentAt)}`, color: 'dimmed' };
  if (delivery === 'retrying')
    return {
      Icon: IconAlertTriangle,
      words: `The mail server has not taken the code to ${sentTo} yet. It is tried again; you can also try another way.`,
      color: 'var(--warn)',
    };
  return {
    Icon: IconAlertTriangle,
    words: `The code could not be delivered to ${sentTo}. Try another way, or resend it.`,
    color: 'var(--bad)',
  };
}
