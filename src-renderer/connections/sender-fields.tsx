import { TextInput } from '@mantine/core';
import classes from './smtp-card.module.css';
import type { SmtpFormState } from './use-smtp-form.ts';

/** Who people see the messages come from. */
export function SenderFields({ form }: { form: SmtpFormState }) {
  return (
    <div className={classes.part}>
      <div className={classes.fields}>
        <TextInput label="Sender name" autoComplete="off" {...form.getInputProps('fromName')} />
        <TextInput
          label="Sender address"
          type="email"
          placeholder="security@example.org"
          autoComplete="off"
          description="The mail account must be allowed to send from it."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('fromAddress')}
        />
      </div>
    </div>
  );
}
