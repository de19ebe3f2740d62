import { auditEntry, stranger } from '../../domain/audit.ts';
import { parseEmail } from '../../domain/email-address.ts';
import { done, refused, settle } from '../../domain/errors.ts';
import type { Caller } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { type IssuedCode, issueOneTimeCode } from './issue-one-time-code.ts';

export interface OwnerRecovery extends IssuedCode {
  readonly owner: { readonly name: string; readonly email: string };
}

/**
 * For an owner who lost password, mailbox and codes: whoever holds the data folder and its key gets a code that gives the
 * owner a new password and switches their two-step verification off. Everyone in the workspace is told, by mail.
 * @param email which owner, where there are several; null for the only one
 * @throws {DomainError} `notFound` when there is no such owner, or several and none was named
 */
export async function startOwnerRecovery(
  deps: Pick<Deps, 'store' | 'clock' | 'random' | 'vault'>,
  caller: Caller,
  email: string | null,
): Promise<OwnerRecovery> {
  const now = deps.clock.now();
  const key = email === null ? null : (parseEmail(email)?.key ?? '');
  const outcome = await deps.store.transaction(async (tx) => {
    const everyone = await tx.accounts.list();
    const owners = everyone.filter(({ role, emailKey }) => role === 'owner' && (key === null || emailKey === key));
    const [owner] = owners;
    if (!owner || owners.length > 1) {
      await tx.audit.append(auditEntry('resetRefused', now, caller, stranger(null), { reason: 'ownerRecovery' }));
      return refused('notFound');
    }
    const issued = await issueOneTimeCode(deps, tx, owner, 'recoverOwner', '', now);
    for (const account of everyone) {
      await enqueueLetter(deps, tx, account, { kind: 'ownerRecoveryStarted', at: now }, now, 'bulk');
    }
    await tx.audit.append(auditEntry('ownerRecoveryStarted', now, caller, stranger(owner.id)));
    return done({ ...issued, owner: { name: owner.name, email: owner.email } });
  });
  return settle(outcome);
}
