import { useForm } from '@mantine/form';
import type { SmtpForm, SmtpView } from '../../src-main/domain/connections.ts';

type Values = { -readonly [Name in keyof SmtpForm]: SmtpForm[Name] };

/** What the form shows before anything is typed: what is saved, without its secrets, or the usual. */
function valuesOf(smtp: SmtpView | null, workspace: string): Values {
  if (!smtp) {
    return {
      ...{ host: '', port: 587, tls: 'startTls', allowPlain: false },
      ...{ auth: 'password', user: '', secret: '', fromName: workspace, fromAddress: '' },
      ...{ dkim: false, dkimDomain: '', dkimSelector: '', dkimKey: '' },
    };
  }
  const { hasSecret: _, hasDkimKey: __, updatedAt: ___, ...values } = smtp;
  return { ...values, allowPlain: smtp.tls === 'none', secret: '', dkimKey: '' };
}

/** What each field is called, in the order of the screen. */
const NAMES: Readonly<Record<keyof SmtpForm, string>> = {
  host: 'Host',
  port: 'Port',
  tls: 'Encryption',
  allowPlain: 'Encryption',
  auth: 'Sign-in',
  user: 'User',
  secret: 'Password or token',
  fromName: 'Sender name',
  fromAddress: 'Sender address',
  dkim: 'DKIM',
  dkimDomain: 'DKIM',
  dkimSelector: 'DKIM',
  dkimKey: 'DKIM',
};

/** The settings while they are typed. */
export function useSmtpForm(smtp: SmtpView | null, workspace: string) {
  const form = useForm<Values>({ initialValues: valuesOf(smtp, workspace) });
  const names = Object.keys(NAMES) as (keyof SmtpForm)[];
  const changed = [...new Set(names.filter((name) => form.isDirty(name)).map((name) => NAMES[name]))];
  return { form, changed };
}

export type SmtpFormState = ReturnType<typeof useSmtpForm>['form'];
