import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ProofMethod } from '../../src-main/domain/values.ts';
import { METHODS } from '../ui/methods.ts';
import classes from './method-list.module.css';

interface MethodListProps {
  methods: readonly ProofMethod[];
  onPick: (method: ProofMethod) => void;
}

/** The ways this account can prove itself, the preferred one first (R16, R17). */
export function MethodList({ methods, onPick }: MethodListProps) {
  return (
    <div>
      <Text id="other-ways" fw={600} size="sm" mb="xs">
        Choose how to prove that it is you
      </Text>
      <ul className={classes.list} aria-labelledby="other-ways">
        {methods.map((method, place) => {
          const { name, Icon, hint } = METHODS[method];
          return (
            <li key={method} className={classes.method}>
              <Icon size={20} stroke={1.75} aria-hidden />
              <div>
                <UnstyledButton
                  className={classes.name}
                  onClick={() => onPick(method)}
                  aria-describedby={`hint-${method}`}
                  autoFocus={place === 0}
                >
                  {name}
                </UnstyledButton>
                <div id={`hint-${method}`} className={classes.hint}>
                  {hint}
                </div>
              </div>
              <IconChevronRight size={16} aria-hidden />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
