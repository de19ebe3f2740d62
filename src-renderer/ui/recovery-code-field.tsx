import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { failureOf } from '../explain.ts';
import classes from './code-field.module.css';

interface RecoveryCodeFieldProps {
  value: string;
  onChange: (code: string) => void;
  /** Refusal of the last answer; when it is about this code, the field takes the focus back. */
  failure: unknown;
}

/** The field for one saved recovery code. */
export function RecoveryCodeField({ value, onChange, failure }: RecoveryCodeFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const rejected = failureOf(failure)?.code === 'recoveryCodeRejected';

  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (!rejected || !failure) return;
    input.current?.focus();
    input.current?.select();
  }, [rejected, failure]);

  return (
    <TextInput
      ref={input}
      label="Recovery code"
      description="It is used up by this. Capitals, spaces and dashes do not matter."
      inputWrapperOrder={['label', 'input', 'description']}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={rejected}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      classNames={{ input: classes.recovery ?? '' }}
    />
  );
}
