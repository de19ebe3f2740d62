import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { codeFailure } from '../explain.ts';
import { CodeField } from './code-field.tsx';
import { CodeTrouble } from './code-trouble.tsx';
import { useCode } from './use-code.ts';

interface CodeFormProps {
  /** Where the letter with the code stands. */
  delivery: ReactNode;
  /** Asked beside the code. */
  children?: ReactNode;
  /** The buttons; one of them submits. */
  buttons: ReactNode;
  /** An answer is being checked. */
  pending: boolean;
  failure: unknown;
  onSubmit: (code: string) => void;
}

/** A code that was sent, typed back. Keyed by when it was sent, it begins anew with each code. */
export function CodeForm({ delivery, children, buttons, pending, failure, onSubmit }: CodeFormProps) {
  const answer = useCode((code) => {
    if (!pending) onSubmit(code);
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        answer.offer();
      }}
    >
      <Stack gap="md">
        {delivery}
        <CodeField
          value={answer.code}
          onChange={answer.change}
          onComplete={answer.offer}
          busy={pending}
          failure={codeFailure(failure)}
        />
        {children}
        <CodeTrouble short={answer.short} error={failure} />
        {buttons}
      </Stack>
    </form>
  );
}
