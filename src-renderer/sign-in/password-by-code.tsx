import { Stack, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import type { FormEventHandler } from 'react';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { AnchorLink } from '../ui/links.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { PasswordHint } from '../ui/password-hint.tsx';

interface PasswordByCodeProps {
  words: { readonly code: string; readonly password: string; readonly act: string };
  /** As the form hands them over. */
  fields: Readonly<Record<'code' | 'password' | 'confirmPassword', GetInputPropsReturnType>>;
  /** The password as far as it is typed. */
  typed: string;
  /** The link brought the code: the password is what is left to do. */
  hasCode: boolean;
  pending: boolean;
  failure: unknown;
  onSubmit: FormEventHandler<HTMLFormElement>;
}

/** A code from a mail, and a password to be chosen twice. */
export function PasswordByCode({ words, fields, typed, hasCode, pending, failure, onSubmit }: PasswordByCodeProps) {
  return (
    <form noValidate onSubmit={onSubmit}>
      <Stack gap="md">
        <TextInput
          label={words.code}
          description="Twenty letters and digits. Capitals, spaces and dashes do not matter."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus={!hasCode}
          {...fields.code}
        />
        <PasswordField
          label={words.password}
          autoComplete="new-password"
          autoFocus={hasCode}
          description={<PasswordHint password={typed} />}
          {...fields.password}
        />
        <PasswordField label="Confirm password" autoComplete="new-password" {...fields.confirmPassword} />
        <Failure error={failure} />
        <ActButton type="submit" size="md" pending={pending} fullWidth>
          {words.act}
        </ActButton>
        <AnchorLink to="/sign-in" size="sm">
          Back to sign-in
        </AnchorLink>
      </Stack>
    </form>
  );
}
