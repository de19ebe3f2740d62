import { auditEntry, stranger } from '../../domain/audit.ts';
import { decideSend } from '../../domain/code.ts';
import { parseEmail } from '../../domain/email-address.ts';
import { type Caller, DAY } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { issueOneTimeCode } from './issue-one-time-code.ts';

/**
 * "Forgot password?": mails a reset code to the account of this address (R19). Whether there is one, whether it is
 * locked and whether a letter left, the answer does not tell (S17, R22); the caps on codes hold for letters too.
 */
export async function requestReset(deps: Deps, caller: Caller, email: string): Promise<void> {
  const now = deps.clock.now();
  const key = parseEmail(email)?.key ?? '';
  await deps.store.transaction(async (tx) => {
    const account = await tx.accounts.findByEmailKey(key);
    const sends = account ? await tx.oneTimeCodes.sendsSince(account.id, 'resetPassword', now - DAY) : [];
    // Who was invited and has not joined has no password to reset; whoever is suspended has to be reinstated first.
    const mayReset = account !== null && account.passwordHash !== null && account.suspendedAt === null;
    const sent = mayReset && decideSend(sends, sends.at(-1) ?? null, now).kind === 'send';
    if (sent) {
      const { code, expiresAt } = await issueOneTimeCode(deps, tx, account, 'resetPassword', account.email, now);
      await enqueueLetter(deps, tx, account, { kind: 'passwordReset', resetCode: code, expiresAt }, now);
    }
    const kind = sent ? 'resetRequested' : 'resetRefused';
    await tx.audit.append(auditEntry(kind, now, caller, stranger(account?.id ?? null)));
  });
}
