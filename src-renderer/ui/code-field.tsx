import { TextInput } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import classes from './code-field.module.css';
import { CODE_DIGITS } from './use-code.ts';

/** A breath after the last digit: it is seen, and pressing the button in that moment is the same one submit. */
const BREATH_MS = 500;

interface CodeFieldProps {
  value: string;
  onChange: (code: string) => void;
  /** Called once when six digits stand there. */
  onComplete: (code: string) => void;
  /** An answer is being checked. */
  busy: boolean;
  /** Refusal of the last answer: the field takes the focus and selects what was typed. */
  failure: unknown;
  description?: string;
}

/** The one field for six-digit codes (INTERFACE, "Verification code"): typing, pasting and one-time autofill all work. */
export function CodeField({ value, onChange, onComplete, busy, failure, description }: CodeFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const offered = useRef<string | null>(null);
  const complete = useEffectEvent(onComplete);

  useEffect(() => {
    if (busy || value.length < CODE_DIGITS) {
      offered.current = busy ? value : null;
      return;
    }
    if (offered.current === value) return;
    const timer = setTimeout(() => {
      offered.current = value;
      complete(value);
    }, BREATH_MS);
    return () => clearTimeout(timer);
  }, [value, busy]);

  // It appears because a code is on its way: typing can start at once.
  useEffect(() => input.current?.focus(), []);

  useEffect(() => {
    if (!failure) return;
    input.current?.focus();
    input.current?.select();
  }, [failure]);

  return (
    <TextInput
      ref={input}
      label="Verification code"
      description={description}
      inputWrapperOrder={['label', 'input', 'description']}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value.replace(/\D/g, '').slice(0, CODE_DIGITS))}
      error={Boolean(failure)}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      classNames={{ input: classes.input ?? '' }}
    />
  );
}
