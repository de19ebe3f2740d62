import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { DomainError, done, refused, settle } from '../../domain/errors.ts';
import { NAME_WANTED, parseName } from '../../domain/person-name.ts';
import type { Deps } from '../../ports/deps.ts';
import { stillStands } from '../sessions/authenticate.ts';

/** Changes one's own name. @throws {DomainError} `invalidInput` (S56), `notSignedIn` */
export async function rename(
  { store, clock }: Deps,
  { account, session, caller }: Actor,
  input: string,
): Promise<string> {
  const name = parseName(input);
  if (name === null) throw new DomainError('invalidInput', { fields: { name: NAME_WANTED } });
  const now = clock.now();
  const outcome = await store.transaction(async (tx) => {
    // A deleted account must not get a name again from a call that was under way.
    if (!(await stillStands(tx, session))) {
      await tx.audit.append(auditEntry('accessDenied', now, caller, oneself(account.id), { reason: 'rename' }));
      return refused('notSignedIn');
    }
    await tx.accounts.change(account.id, { name });
    // Without the names: the log outlives a deleted account, whose name must be gone.
    await tx.audit.append(auditEntry('nameChanged', now, caller, oneself(account.id)));
    return done(name);
  });
  return settle(outcome);
}
