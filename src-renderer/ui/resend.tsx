import { Group, Text } from '@mantine/core';
import { ActButton } from './act-button.tsx';
import { stopwatch } from './times.ts';
import { useCountdown } from './use-countdown.ts';

interface ResendProps {
  resendAt: number;
  pending: boolean;
  onResend: () => void;
}

/** Asks for another code once that is allowed (R15). The countdown stands beside the button, and is spoken only at its ends. */
export function Resend({ resendAt, pending, onResend }: ResendProps) {
  const seconds = useCountdown(resendAt);
  return (
    <Group gap="sm">
      <ActButton variant="subtle" size="compact-sm" pending={pending} disabled={seconds > 0} onClick={onResend}>
        Resend
      </ActButton>
      {seconds > 0 && (
        <Text component="span" size="sm" c="dimmed" className="numerals" aria-hidden>
          in {stopwatch(seconds)}
        </Text>
      )}
      <span className="visually-hidden" aria-live="polite">
        {seconds > 0 ? 'You can ask for another code in a minute.' : 'You can ask for another code now.'}
      </span>
    </Group>
  );
}
