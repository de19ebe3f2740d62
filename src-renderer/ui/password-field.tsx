import type { PasswordInputProps } from '@mantine/core';
import { PasswordInput } from '@mantine/core';

/** A password with a way to look at it. The toggle's name must not contain the field's, or the two get mixed up. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      size="sm"
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...props}
      aria-invalid={Boolean(props.error)}
    />
  );
}
