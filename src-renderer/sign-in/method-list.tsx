import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ProofMethod } from '../../src-main/domain/values.ts';
import { METHODS } from '../ui/methods.ts';
import classes from './method-list.module.css';

/** The ways this account can prove itself, the preferred one first (R16, R17). */
export function MethodList({
  methods,
  onPick,
}: {
  methods: readonly ProofMethod[];
  onPick: (method: ProofMethod) => void;
}) {
  return (
    <div>
      <Text id="other-ways" fw={600} size="sm" mb="xs">
        Choose how to prove that it is you
      </Text>
      <ul className={classes.list} aria-labelledby="other-ways">
        {methods.map((method, place) => {
          const { name, Icon, hint } = METHODS[method];
          return (
            <li key={method}>
              <UnstyledButton
                className={classes.method}
                onClick={() => onPick(method)}
                aria-label={name}
                aria-describedby={`hint-${method}`}
                autoFocus={place === 0}
              >
                <Icon size={20} aria-hidden />
                <span>
                  <span className={classes.name}>{name}</span>
                  <span id={`hint-${method}`} className={classes.hint}>
                    {hint}
                  </span>
                </span>
                <IconChevronRight size={16} aria-hidden />
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
