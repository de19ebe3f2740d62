import { IconShieldCheckFilled, IconShieldOff } from '@tabler/icons-react';
import classes from './status-word.module.css';

const STATES = {
  active: { word: 'Active', Icon: IconShieldCheckFilled },
  off: { word: 'Off', Icon: IconShieldOff },
};

/** A state as colour, icon and word together, so that none has to be told apart by colour alone. */
export function StatusWord({ state }: { state: keyof typeof STATES }) {
  const { word, Icon } = STATES[state];
  return (
    <span className={classes.status} data-state={state}>
      <Icon size={16} aria-hidden />
      <span>{word}</span>
    </span>
  );
}
