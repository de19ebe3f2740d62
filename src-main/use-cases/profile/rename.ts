import type { Actor } from '../../domain/actor.ts';
import { auditEntry, oneself } from '../../domain/audit.ts';
import { DomainError } from '../../domain/errors.ts';
import { NAME_WANTED, parseName } from '../../domain/person-name.ts';
import type { Deps } from '../../ports/deps.ts';

/** Changes one's own name. @throws {DomainError} `invalidInput` (S56) */
export async function rename({ store, clock }: Deps, { account, caller }: Actor, input: string): Promise<string> {
  const name = parseName(input);
  if (name === null) throw new DomainError('invalidInput', { fields: { name: NAME_WANTED } });
  const now = clock.now();
  await store.transaction(async (tx) => {
    await tx.accounts.change(account.id, { name });
    // Without the names: the log outlives a deleted account, whose name must be gone.
    await tx.audit.append(auditEntry('nameChanged', now, caller, oneself(account.id)));
  });
  return name;
}
