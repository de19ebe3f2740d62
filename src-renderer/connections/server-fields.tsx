import { Checkbox, NumberInput, Radio, TextInput } from '@mantine/core';
import type { TlsMode } from '../../src-main/domain/connections.ts';
import { Choice } from '../ui/choice.tsx';
import { Notice } from '../ui/notice.tsx';
import classes from './smtp-card.module.css';
import type { SmtpFormState } from './use-smtp-form.ts';

/** The port that goes with each kind of encryption, unless somebody chose another. */
const USUAL_PORT: Readonly<Record<TlsMode, number>> = { startTls: 587, tls: 465, none: 25 };

/** Which server, and how the way to it is guarded. */
export function ServerFields({ form }: { form: SmtpFormState }) {
  const { tls, port } = form.values;
  const choose = (next: TlsMode) => {
    form.setFieldValue('tls', next);
    if (port === USUAL_PORT[tls]) form.setFieldValue('port', USUAL_PORT[next]);
  };
  return (
    <div className={classes.part}>
      <div className={classes.server}>
        <TextInput
          label="Host"
          placeholder="smtp.example.org"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('host')}
        />
        <NumberInput
          label="Port"
          size="sm"
          hideControls
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps('port')}
        />
      </div>
      <Radio.Group label="Encryption" value={tls} onChange={(next) => choose(next as TlsMode)}>
        <div className={classes.choices}>
          <Choice value="startTls" label="STARTTLS">
            Usual, at port 587
          </Choice>
          <Choice value="tls" label="TLS">
            From the start, at port 465
          </Choice>
          <Choice value="none" label="None">
            On this computer only
          </Choice>
        </div>
      </Radio.Group>
      {tls === 'none' && (
        <Notice tone="warn" title="Without encryption, everyone on the way can read along">
          That is the password of the mail account, and every code.
          <Checkbox
            mt="sm"
            label="Send unencrypted all the same"
            {...form.getInputProps('allowPlain', { type: 'checkbox' })}
          />
        </Notice>
      )}
    </div>
  );
}
