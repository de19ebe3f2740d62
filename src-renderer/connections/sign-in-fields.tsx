import { Radio, TextInput } from '@mantine/core';
import type { SmtpAuth, SmtpView } from '../../src-main/domain/connections.ts';
import { Choice } from '../ui/choice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import classes from './smtp-card.module.css';
import type { SmtpFormState } from './use-smtp-form.ts';

/** How the workspace shows the server who it is. */
export function SignInFields({ form, smtp }: { form: SmtpFormState; smtp: SmtpView | null }) {
  const { auth } = form.values;
  const stored = smtp?.hasSecret && smtp.auth === auth;
  return (
    <div className={classes.part}>
      <Radio.Group
        label="Sign-in"
        value={auth}
        onChange={(next) => form.setFieldValue('auth', next as SmtpAuth['kind'])}
      >
        <div className={classes.choices}>
          <Choice value="password" label="Password">
            Often an app password
          </Choice>
          <Choice value="oauth2" label="OAuth2">
            An access token
          </Choice>
          <Choice value="none" label="No sign-in">
            The server knows this computer
          </Choice>
        </div>
      </Radio.Group>
      {auth !== 'none' && (
        <div className={classes.fields}>
          <TextInput label="User" autoComplete="off" spellCheck={false} {...form.getInputProps('user')} />
          <PasswordField
            label={auth === 'oauth2' ? 'Access token' : 'Password'}
            autoComplete="new-password"
            description={
              stored
                ? 'One is saved. Leave this empty to keep it for this server and user.'
                : auth === 'oauth2' && 'Tokens run out; enter a fresh one before that.'
            }
            {...form.getInputProps('secret')}
          />
        </div>
      )}
    </div>
  );
}
