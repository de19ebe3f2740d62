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

export interface RecoveryWanted {
  /** Which owner, where there are several; null for the only one. */
  readonly email: string | null;
  /** What their address will be once the code is spent, for the mailbox may be lost too; null leaves it. */
  readonly newEmail: string | null;
}

/**
 * For an owner who lost password, mailbox and codes: whoever holds the data folder and its key gets a code that gives the
 * owner a new password, and another address if need be, and switches their two-step verification off. Everyone in the
 * workspace is told, by mail.
 * @throws {DomainError} `notFound` when there is no such owner, or several and none was named; `invalidInput` for what is no
 * address; `emailTaken`
 */
export async function startOwnerRecovery(
  deps: Pick<Deps, 'store' | 'clock' | 'random' | 'vault'>,
  caller: Caller,
  { email, newEmail }: RecoveryWanted,
): Promise<OwnerRecovery> {
  const now = deps.clock.now();
  const key = email === null ? null : (parseEmail(email)?.key ?? '');
  const address = newEmail === null ? null : parseEmail(newEmail);
  const outcome = await deps.store.transaction(async (tx) => {
    const everyone = await tx.accounts.list();
    const owners = everyone.filter(({ role, emailKey }) => role === 'owner' && (key === null || emailKey === key));
    const [owner] = owners;
    const refuse = async <R>(targetId: string | null, refusal: R) => {
      await tx.audit.append(auditEntry('resetRefused', now, caller, stranger(targetId), { reason: 'ownerRecovery' }));
      return refusal;
    };
    if (!owner || owners.length > 1) return refuse(null, refused('notFound'));
    if (newEmail !== null && !address) {
      return refuse(owner.id, refused('invalidInput', { fields: { newEmail: 'That is no email address.' } }));
    }
    const holder = address && (await tx.accounts.findByEmailKey(address.key));
    if (holder && holder.id !== owner.id) return refuse(owner.id, refused('emailTaken'));
    const issued = await issueOneTimeCode(deps, tx, owner, 'recoverOwner', address?.email ?? '', now);
    for (const account of everyone) {
      await enqueueLetter(deps, tx, account, { kind: 'ownerRecoveryStarted', at: now }, now, 'bulk');
    }
    await tx.audit.append(auditEntry('ownerRecoveryStarted', now, caller, stranger(owner.id)));
    return done({ ...issued, owner: { name: owner.name, email: owner.email } });
  });
  return settle(outcome);
}
