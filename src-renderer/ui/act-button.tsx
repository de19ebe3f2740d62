import type { ButtonProps } from '@mantine/core';
import { Button } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useEffect, useState } from 'react';

const PATIENCE_MS = 300;

type ActButtonProps = ButtonProps &
  Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps> & {
    /** The act is under way: a wait longer than 300 ms shows in the button, a shorter one would only flicker. */
    pending: boolean;
  };

/** A button that does something on the engine. */
export function ActButton({ pending, ...button }: ActButtonProps) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [pending]);
  return <Button {...button} loading={slow} aria-busy={pending || undefined} />;
}
