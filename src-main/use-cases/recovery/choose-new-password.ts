import type { Account } from '../../domain/account.ts';
import { auditEntry, stranger } from '../../domain/audit.ts';
import { parseEmail } from '../../domain/email-address.ts';
import { DomainError, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { NO_FAILURES } from '../../domain/lockout.ts';
import type { OneTimeCode, OneTimePurpose } from '../../domain/one-time-code.ts';
import { whyUnfit } from '../../domain/password.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { AccountChange, Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { eraseAccount } from '../profile/erase-account.ts';
import { hashOneTimeCode } from './issue-one-time-code.ts';

export interface NewPassword {
  /** Whatever was typed or came by link. */
  readonly code?: unknown;
  readonly newPassword: string;
  readonly confirmPassword: string;
}

/**
 * Spends a one-time code on a new password: after a reset by mail (R19), to stop a change of address, or to recover a sole
 * owner. Nobody is signed in by it, and two-step verification stays as it is (S20), but for the owner's recovery, which
 * switches it off. Every session ends; for a day the mailbox does not count as the second step too (S22).
 * @throws {DomainError} `invalidInput`, `oneTimeCodeRejected`, `passwordUnfit`, `emailTaken`, `clockWrong`
 */
export async function chooseNewPassword(deps: Deps, caller: Caller, input: NewPassword): Promise<void> {
  if (input.newPassword !== input.confirmPassword) {
    throw new DomainError('invalidInput', { fields: { confirmPassword: 'The two passwords differ.' } });
  }
  const now = deps.clock.now();
  const codeHash = hashOneTimeCode(input.code);
  const ready = await readyFor(deps, codeHash, now);
  if (!ready) return refuseCode(deps, caller, now);
  const unfit = whyUnfit(input.newPassword, {
    personal: [ready.account.email, ready.account.name, ready.workspace],
    isCommon: (password) => deps.blocklist.has(password),
  });
  if (unfit) {
    const parties = stranger(ready.account.id);
    await deps.store.transaction((tx) =>
      tx.audit.append(auditEntry('passwordUnfit', now, caller, parties, { reason: unfit })),
    );
    throw new DomainError('passwordUnfit', { reason: unfit });
  }
  const passwordHash = await deps.passwordHash.hash(input.newPassword, 'password');
  const outcome = await deps.store.transaction(async (tx) => {
    const found = codeHash === null ? null : await findUsable(tx, codeHash, now);
    if (!found) return null;
    return apply(deps, tx, caller, found, passwordHash, now);
  });
  if (outcome === null) return refuseCode(deps, caller, now);
  settle(outcome);
  deps.bell.ring(`session:${ready.account.id}`);
}

/** What may be spent here; an invitation is accepted elsewhere. */
type PasswordPurpose = Exclude<OneTimePurpose, 'invitation'>;

interface Usable {
  readonly code: OneTimeCode & { readonly purpose: PasswordPurpose };
  readonly account: Account;
}

async function readyFor({ store }: Deps, codeHash: string | null, now: Instant) {
  if (codeHash === null) return null;
  return store.read(async (tx) => {
    const found = await findUsable(tx, codeHash, now);
    return found && { ...found, workspace: (await tx.workspace.find())?.name ?? '' };
  });
}

/**
 * A code that still opens its act: in time, its account there. A reset's address is unchanged (S21), and nobody suspended it;
 * to stop a change of address takes neither, for later it would be too late. Who is recovered as an owner is one.
 */
async function findUsable(tx: Tx, codeHash: string, now: Instant): Promise<Usable | null> {
  const code = await tx.oneTimeCodes.findByHash(codeHash);
  const account = code && (await tx.accounts.find(code.accountId));
  if (!code || !account || !isForPassword(code)) return null;
  if (account.deletedAt !== null || now >= code.expiresAt) return null;
  if (code.purpose === 'resetPassword' && (code.sentTo !== account.email || account.suspendedAt !== null)) return null;
  if (code.purpose === 'recoverOwner' && account.role !== 'owner') return null;
  return { code, account };
}

function isForPassword(code: OneTimeCode): code is Usable['code'] {
  return code.purpose !== 'invitation';
}

async function refuseCode({ store }: Deps, caller: Caller, now: Instant): Promise<never> {
  await store.transaction((tx) =>
    tx.audit.append(auditEntry('resetRefused', now, caller, stranger(null), { reason: 'oneTimeCodeRejected' })),
  );
  throw new DomainError('oneTimeCodeRejected');
}

async function apply(
  deps: Deps,
  tx: Tx,
  caller: Caller,
  { code, account }: Usable,
  passwordHash: string,
  now: Instant,
): Promise<Outcome<undefined>> {
  if (deps.clock.isWrong() && code.purpose !== 'recoverOwner') {
    await tx.audit.append(auditEntry('resetRefused', now, caller, stranger(account.id), { reason: 'clockWrong' }));
    return refused('clockWrong'); // how long the code has been under way, nobody knows (S37)
  }
  const act = ACTS[code.purpose];
  const changed = act.change(code, now, await tx.workspace.policy());
  if (changed.emailKey !== undefined && changed.emailKey !== account.emailKey) {
    const holder = await tx.accounts.findByEmailKey(changed.emailKey);
    if (holder?.passwordHash === null) {
      // Nobody has joined there, and whoever stops the change has the mailbox: an invitation must not keep them from it (S23).
      await eraseAccount(tx, holder, now);
      await tx.audit.append(auditEntry('accountDeleted', now, caller, stranger(holder.id), { reason: code.purpose }));
    } else if (holder) {
      const parties = stranger(account.id);
      await tx.audit.append(auditEntry('resetRefused', now, caller, parties, { reason: 'emailTaken' }));
      return refused('emailTaken');
    }
  }
  await tx.oneTimeCodes.redeem(code.id);
  await tx.accounts.change(account.id, {
    passwordHash,
    passwordChangedAt: now,
    throttle: NO_FAILURES,
    epoch: account.epoch + 1,
    ...changed,
  });
  await tx.sessions.removeAllFor(account.id);
  await tx.pendingSignIns.removeAllFor(account.id);
  await tx.trustedDevices.removeAllFor(account.id);
  await tx.challenges.voidFor(account.id);
  await tx.oneTimeCodes.voidFor(account.id, 'resetPassword');
  // A stopped change takes along what was built on it: whoever made it must not stop the stopping (S23).
  if (code.purpose === 'undoEmailChange') await tx.oneTimeCodes.voidAfter(code.id, account.id, code.purpose);
  if (code.purpose === 'recoverOwner') {
    await tx.factors.removeAllFor(account.id);
    await tx.recoveryCodes.removeAllFor(account.id);
    // Whoever has a mailbox that the account once had must not take back what folder and key decided.
    await tx.oneTimeCodes.voidFor(account.id, 'undoEmailChange');
  }
  const about = { at: now, client: caller.client };
  const addresses = new Set([account.email, changed.email ?? account.email]);
  for (const email of addresses) {
    await enqueueLetter(deps, tx, { ...account, email }, { kind: act.letter, ...about }, now);
  }
  const moved = changed.email !== undefined && { before: account.email, after: changed.email };
  await tx.audit.append(auditEntry(act.audit, now, caller, stranger(account.id), moved || undefined));
  return done(undefined);
}

function addressOf(text: string): Pick<AccountChange, 'email' | 'emailKey'> {
  const address = parseEmail(text);
  return address ? { email: address.email, emailKey: address.key } : {};
}

/** What each code does besides setting the password. */
const ACTS = {
  resetPassword: {
    change: (_code: OneTimeCode, now: Instant): AccountChange => ({ mailResetAt: now }),
    letter: 'passwordChanged',
    audit: 'passwordReset',
  },
  undoEmailChange: {
    change: ({ sentTo }: OneTimeCode, now: Instant): AccountChange => ({ mailResetAt: now, ...addressOf(sentTo) }),
    letter: 'emailChangeUndone',
    audit: 'emailChangeUndone',
  },
  recoverOwner: {
    // Whoever recovers a sole owner has nobody to ask for another allowlist, or for more time.
    change: ({ sentTo }: OneTimeCode, now: Instant, { policy }: PolicyInForce): AccountChange => ({
      ...addressOf(sentTo), // without it, whoever lost the mailbox could not enrol
      twoStep: 'off',
      allowlist: [],
      ...(policy.enforcement === 'required' && { mustEnrolSince: now }),
    }),
    letter: 'twoStepDisabled',
    audit: 'ownerRecovered',
  },
} as const;
