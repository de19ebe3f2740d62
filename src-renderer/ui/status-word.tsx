import type { Icon } from '@tabler/icons-react';
import {
  IconBan,
  IconClockExclamation,
  IconLock,
  IconMailForward,
  IconShieldCheckFilled,
  IconShieldExclamation,
  IconShieldOff,
} from '@tabler/icons-react';
import classes from './status-word.module.css';

const STATES = {
  active: { word: 'Active', Icon: IconShieldCheckFilled },
  off: { word: 'Off', Icon: IconShieldOff },
  required: { word: 'Required', Icon: IconShieldExclamation },
  overdue: { word: 'Overdue', Icon: IconClockExclamation },
  invited: { word: 'Invited', Icon: IconMailForward },
  locked: { word: 'Locked', Icon: IconLock },
  suspended: { word: 'Suspended', Icon: IconBan },
} satisfies Record<string, { word: string; Icon: Icon }>;

export type StatusState = keyof typeof STATES;

/** A state as colour, icon and word together, so that none has to be told apart by colour alone. */
export function StatusWord({ state }: { state: StatusState }) {
  const { word, Icon } = STATES[state];
  return (
    <span className={classes.status} data-state={state}>
      <Icon size={16} aria-hidden />
      <span>{word}</span>
    </span>
  );
}
