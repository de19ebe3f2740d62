import type { SmtpForm, SmtpSettings } from '../../../src-main/domain/connections.ts';

/** A mail server as an admin would enter it; what a test is about goes into `change`. */
export function smtpForm(change: Partial<SmtpForm> = {}): SmtpForm {
  return {
    host: 'smtp.example.org',
    port: 587,
    tls: 'startTls',
    allowPlain: false,
    auth: 'password',
    user: 'mailer@example.org',
    secret: 'a mailbox of its own',
    fromName: 'Example Works',
    fromAddress: 'security@example.org',
    dkim: false,
    dkimDomain: '',
    dkimSelector: '',
    dkimKey: '',
    ...change,
  };
}

export function smtpSettings(change: Partial<SmtpSettings> = {}): SmtpSettings {
  return {
    host: 'smtp.example.org',
    port: 587,
    tls: 'startTls',
    auth: { kind: 'password', user: 'mailer@example.org', secret: 'a mailbox of its own' },
    from: { name: 'Example Works', address: 'security@example.org' },
    dkim: null,
    ...change,
  };
}
