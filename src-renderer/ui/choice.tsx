import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './choice.module.css';

/** One of a few, with what it means: the whole card is the target. */
export function Choice({ value, label, children }: { value: string; label: string; children: ReactNode }) {
  return (
    <Radio
      value={value}
      label={label}
      description={children}
      classNames={{ root: classes.root ?? '', label: classes.label ?? '', description: classes.description ?? '' }}
    />
  );
}
