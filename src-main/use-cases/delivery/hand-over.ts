import type { Letter } from '../../domain/message.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Mail } from '../../ports/mail.ts';
import { readSmtp } from '../connections/smtp-settings.ts';

export type HandOverDeps = Pick<Deps, 'store' | 'vault' | 'smtp'> & {
  /** The embedded default: the outbox folder. */
  readonly mail: Mail;
};

/**
 * Hands a letter to the mail server as it is set up at this moment, to the outbox folder while there is none (R50).
 * @throws {MailFailure}
 */
export async function handOver(deps: HandOverDeps, id: string, letter: Letter, at: Instant): Promise<void> {
  const stored = await deps.store.read((tx) => readSmtp(deps, tx));
  return stored ? deps.smtp.send(stored.settings, id, letter, at) : deps.mail.send(id, letter, at);
}
