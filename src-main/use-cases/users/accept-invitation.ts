import type { Account } from '../../domain/account.ts';
import { auditEntry, oneself, stranger } from '../../domain/audit.ts';
import { complianceOf } from '../../domain/compliance.ts';
import { DomainError, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import type { OneTimeCode } from '../../domain/one-time-code.ts';
import { whyUnfit } from '../../domain/password.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { hashOneTimeCode } from '../recovery/issue-one-time-code.ts';
import { letIn, type PasswordAccepted } from '../sign-in/let-in.ts';

export interface Joining {
  /** Whatever was typed or came by link. */
  readonly code?: unknown;
  readonly password: string;
  readonly confirmPassword: string;
}

interface Invited {
  readonly code: OneTimeCode;
  readonly account: Account;
}

/**
 * Spends an invitation on a first password, which only the invited person ever knows (S42), and goes on as after a
 * password: to a session, or to enrolling where policy asks for it at once.
 * @throws {DomainError} `invalidInput`, `oneTimeCodeRejected`, `passwordUnfit`, `clockWrong`, `addressRefused`
 */
export async function acceptInvitation(deps: Deps, caller: Caller, input: Joining): Promise<PasswordAccepted> {
  if (input.password !== input.confirmPassword) {
    throw new DomainError('invalidInput', { fields: { confirmPassword: 'The two passwords differ.' } });
  }
  const now = deps.clock.now();
  const codeHash = hashOneTimeCode(input.code);
  const ready = await deps.store.transaction(async (tx) => {
    const found = await findOpen(deps, tx, caller, codeHash, now);
    if (found.kind === 'refused') return found;
    const { account } = found.value;
    const personal = [account.email, account.name, (await tx.workspace.find())?.name ?? ''];
    const reason = whyUnfit(input.password, { personal, isCommon: (password) => deps.blocklist.has(password) });
    if (reason === null) return done(account);
    await tx.audit.append(auditEntry('passwordUnfit', now, caller, stranger(account.id), { reason }));
    return refused('passwordUnfit', { reason });
  });
  settle(ready);
  const passwordHash = await deps.passwordHash.hash(input.password, 'password');
  const outcome = await deps.store.transaction(async (tx) => {
    const found = await findOpen(deps, tx, caller, codeHash, now);
    return found.kind === 'refused' ? found : join(deps, tx, caller, found.value, passwordHash, now);
  });
  return settle(outcome);
}

/** An invitation that still opens its account: in time, to the address it was sent to, and nobody joined by it yet. */
async function findOpen(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  caller: Caller,
  codeHash: string | null,
  now: Instant,
): Promise<Outcome<Invited>> {
  const code = codeHash === null ? null : await tx.oneTimeCodes.findByHash(codeHash);
  const account = code && (await tx.accounts.find(code.accountId));
  const isOpen =
    code?.purpose === 'invitation' &&
    now < code.expiresAt &&
    account?.email === code.sentTo &&
    account.passwordHash === null &&
    account.suspendedAt === null &&
    account.deletedAt === null;
  const reason = !isOpen ? 'oneTimeCodeRejected' : clock.isWrong() ? 'clockWrong' : null; // S37: nobody knows its age
  if (isOpen && reason === null) return done({ code, account });
  await tx.audit.append(
    auditEntry('invitationRefused', now, caller, stranger(account?.id ?? null), { reason: reason ?? '' }),
  );
  return refused(reason ?? 'oneTimeCodeRejected');
}

async function join(
  deps: Deps,
  tx: Tx,
  caller: Caller,
  { code, account }: Invited,
  passwordHash: string,
  now: Instant,
): Promise<Outcome<PasswordAccepted>> {
  if (!(await tx.oneTimeCodes.redeem(code.id))) return refused('oneTimeCodeRejected');
  await tx.oneTimeCodes.voidFor(account.id, 'invitation');
  await tx.oneTimeCodes.voidFor(account.id, 'resetPassword');
  const set = {
    passwordHash,
    passwordChangedAt: now,
    joinedAt: now,
    throttle: NO_FAILURES,
    epoch: account.epoch + 1,
  };
  const joined = { ...account, ...set };
  // Without a period to enrol in, who joins has had no sign-in to do it at yet: they are not refused at the first. That it is
  // the time of joining tells it from a reset.
  const mustEnrolSince = (await isOverdue(tx, joined, now)) ? now : null;
  await tx.accounts.change(account.id, { ...set, mustEnrolSince });
  await tx.audit.append(auditEntry('invitationAccepted', now, caller, oneself(account.id)));
  return letIn(deps, tx, caller, { ...joined, mustEnrolSince }, [], now);
}

async function isOverdue(tx: Tx, account: Account, now: Instant): Promise<boolean> {
  const exemption = await tx.exceptions.exemptionFor(account.id);
  return complianceOf(await tx.workspace.policy(), account, [], exemption, now).kind === 'overdue';
}
