import { Switch, Textarea, TextInput } from '@mantine/core';
import type { SmtpView } from '../../src-main/domain/connections.ts';
import { Row } from '../ui/card.tsx';
import classes from './smtp-card.module.css';
import type { SmtpFormState } from './use-smtp-form.ts';

/** A signature of one's own on every message, where the mail server does not sign. */
export function DkimFields({ form, smtp }: { form: SmtpFormState; smtp: SmtpView | null }) {
  const { dkim, dkimSelector, dkimDomain } = form.values;
  return (
    <>
      <div className={classes.row}>
        <Row
          name={<label htmlFor="dkim">Sign messages (DKIM)</label>}
          consequence="Only where the mail server does not sign them itself. Its public key must stand in your DNS."
        >
          <Switch id="dkim" size="md" {...form.getInputProps('dkim', { type: 'checkbox' })} />
        </Row>
      </div>
      {dkim && (
        <div className={classes.part}>
          <div className={classes.fields}>
            <TextInput label="Domain" placeholder="example.org" {...form.getInputProps('dkimDomain')} />
            <TextInput label="Selector" placeholder="mail2026" {...form.getInputProps('dkimSelector')} />
          </div>
          <Textarea
            className={classes.key ?? ''}
            label="Private key"
            placeholder="-----BEGIN PRIVATE KEY-----"
            autosize
            minRows={3}
            maxRows={8}
            spellCheck={false}
            autoComplete="off"
            description={
              smtp?.hasDkimKey
                ? 'One is saved. Leave this empty to keep it for this domain and selector.'
                : `RSA, in PEM form. Receivers look for its public half at ${dkimSelector || 'selector'}._domainkey.${dkimDomain || 'domain'}.`
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('dkimKey')}
          />
        </div>
      )}
    </>
  );
}
