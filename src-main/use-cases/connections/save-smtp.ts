import type { Actor } from '../../domain/actor.ts';
import { describeSmtp, type SmtpForm } from '../../domain/connections.ts';
import { done, settle } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StepUp } from '../two-step/step-up.ts';
import { changeConnection } from './change-connection.ts';
import { readSmtpForm } from './read-smtp-form.ts';
import { readSmtpIfItOpens, type StoredSmtp, sealSmtp } from './smtp-settings.ts';

/**
 * Keeps the mail server's settings, sealed, and sends through them from now on (R50). Gives the session's new token.
 * @throws {DomainError} `invalidInput`, and see `changeConnection`
 */
export async function saveSmtp(deps: Deps, by: Actor, form: SmtpForm, stepUp: StepUp): Promise<string> {
  await checkSmtp(deps, form); // a form that cannot be saved must not cost the person their code
  return changeConnection(deps, by, stepUp, async (tx) => {
    const before = await readSmtpIfItOpens(deps, tx);
    const read = readSmtpForm(deps, form, before);
    if (read.kind === 'refused') return read;
    await tx.connections.put('smtp', sealSmtp(deps, read.value), deps.clock.now());
    return done({ before: inWords(before), after: describeSmtp(read.value) });
  });
}

/** Whether the form could be saved, asked before the person is asked for proof. @throws {DomainError} `invalidInput` */
export async function checkSmtp(deps: Pick<Deps, 'store' | 'vault' | 'smtp'>, form: SmtpForm): Promise<void> {
  settle(readSmtpForm(deps, form, await deps.store.read((tx) => readSmtpIfItOpens(deps, tx))));
}

/** For the audit log. */
export function inWords(stored: StoredSmtp | 'unreadable' | null): string {
  if (stored === null) return 'outbox folder';
  return stored === 'unreadable' ? 'unreadable settings' : describeSmtp(stored.settings);
}
