import { parseSmtp, type SmtpForm, type SmtpSettings } from '../../domain/connections.ts';
import { done, type Outcome, refused } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StoredSmtp } from './smtp-settings.ts';

/** The settings that a form and what is stored come to, or `invalidInput` with a sentence per field. */
export function readSmtpForm(
  { smtp }: Pick<Deps, 'smtp'>,
  form: SmtpForm,
  stored: StoredSmtp | 'unreadable' | null,
): Outcome<SmtpSettings> {
  const parsed = parseSmtp(form, stored === 'unreadable' ? null : (stored?.settings ?? null));
  if (parsed.kind === 'unfit') return refused('invalidInput', { fields: parsed.fields });
  const { dkim } = parsed.settings;
  if (dkim && !smtp.canSign(dkim.privateKey)) {
    const dkimKey = 'This key cannot sign: it must be an RSA key of at least 1024 bits without a passphrase.';
    return refused('invalidInput', { fields: { dkimKey } });
  }
  return done(parsed.settings);
}
