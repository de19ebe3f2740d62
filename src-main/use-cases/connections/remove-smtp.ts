import type { Actor } from '../../domain/actor.ts';
import { done, refused } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StepUp } from '../two-step/step-up.ts';
import { changeConnection } from './change-connection.ts';
import { inWords } from './save-smtp.ts';
import { readSmtpIfItOpens } from './smtp-settings.ts';

/**
 * Forgets the mail server: letters go to the outbox folder again (R50). Gives the session's new token.
 * @throws {DomainError} `notFound`, and see `changeConnection`
 */
export async function removeSmtp(deps: Deps, by: Actor, stepUp: StepUp): Promise<string> {
  return changeConnection(deps, by, stepUp, async (tx) => {
    const before = await readSmtpIfItOpens(deps, tx);
    if (!(await tx.connections.remove('smtp'))) return refused('notFound');
    return done({ before: inWords(before), after: inWords(null) });
  });
}
