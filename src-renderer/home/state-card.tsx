import { Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck, IconShieldHalf } from '@tabler/icons-react';
import type { Answers } from '../api.ts';
import { ButtonLink } from '../ui/links.tsx';
import type { ProfileDialog } from '../ui/signposts.ts';
import classes from './state-card.module.css';

type TwoStep = Answers['self']['twoStep']['status'];

interface State {
  tone: 'good' | 'warn' | 'calm';
  Icon: typeof IconShieldCheck;
  title: string;
  text: string;
  act?: { words: string; dialog: ProfileDialog };
}

/** One sentence on the account's protection, and the one act that would better it. */
export function StateCard({ twoStep }: { twoStep: TwoStep }) {
  const { tone, Icon, title, text, act } = stateOf(twoStep);
  return (
    <section className={classes.card} data-tone={tone}>
      <span className={classes.badge}>
        <Icon size={28} stroke={1.6} aria-hidden />
      </span>
      <div className={classes.words}>
        <Title order={2}>{title}</Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      {act && (
        <div className={classes.act}>
          <ButtonLink to="/profile" search={{ dialog: act.dialog }}>
            {act.words}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}

function stateOf({ state, recoveryCodes, enforcement }: TwoStep): State {
  if (enforcement === 'off') {
    return {
      tone: 'warn',
      Icon: IconAlertTriangle,
      title: 'One door is open to whoever has your password',
      text: 'Two-step verification is switched off for the whole workspace. An admin decides that in Workspace settings.',
    };
  }
  if (state === 'off') {
    return {
      tone: 'calm',
      Icon: IconShieldHalf,
      title: 'One door is open to whoever has your password',
      text: 'With two-step verification a code is asked for as well. It takes about a minute.',
      act: { words: 'Enable two-step verification', dialog: 'twoStep' },
    };
  }
  if (recoveryCodes.low) {
    return {
      tone: 'warn',
      Icon: IconAlertTriangle,
      title:
        recoveryCodes.left === 0 ? 'No recovery codes are left' : `Only ${recoveryCodes.left} recovery codes are left`,
      text: 'Without them, losing your mailbox means losing the account. New ones replace the old set.',
      act: { words: 'Generate new codes', dialog: 'newCodes' },
    };
  }
  return {
    tone: 'good',
    Icon: IconShieldCheck,
    title: 'Your account is behind two doors',
    text: `Two-step verification is active, and ${recoveryCodes.left} of ${recoveryCodes.total} recovery codes are left.`,
  };
}
