import type { Account } from '../../domain/account.ts';
import { auditEntry, stranger } from '../../domain/audit.ts';
import type { Exemption } from '../../domain/compliance.ts';
import { type Outcome, refused } from '../../domain/errors.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import { type Denial, decideSignIn, type SignInDecision } from '../../domain/sign-in.ts';
import type { Caller, Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { noteDoubt } from '../clock/note-doubt.ts';
import { meansOf } from './means-of.ts';

export interface WeighedSignIn {
  readonly decision: SignInDecision;
  readonly exemption: Exemption;
}

/** Inside a transaction: what the right password, or the second step rightly answered, comes to at this very moment. */
export async function weighSignIn(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  caller: Caller,
  account: Account,
  inForce: PolicyInForce,
  { trusted, proven }: { readonly trusted: boolean; readonly proven: boolean },
  now: Instant,
): Promise<WeighedSignIn> {
  const exemption = await tx.exceptions.exemptionFor(account.id);
  const means = await meansOf(tx, account.id);
  const clockDoubted = clock.isDoubted();
  if (clockDoubted) await noteDoubt(tx, caller, now);
  const { addresses } = caller;
  const at = { inForce, account, means, exemption, addresses, trusted, proven, clockDoubted, now };
  return { decision: decideSignIn(at), exemption };
}

/** Inside a transaction: a refusal that only the right password is told of, on record (R22). */
export async function refuseSignIn(
  tx: Tx,
  caller: Caller,
  account: Account,
  denial: Denial,
  now: Instant,
): Promise<Outcome<never>> {
  const kind = denial.reason === 'locked' ? 'signInLocked' : 'signInRefused';
  const detail = denial.reason === 'locked' ? {} : { reason: denial.reason };
  await tx.audit.append(auditEntry(kind, now, caller, stranger(account.id), detail));
  switch (denial.reason) {
    case 'suspended':
      return refused('suspended');
    case 'addressRefused':
      return refused('addressRefused', { addresses: denial.addresses });
    case 'locked':
      return refused('locked', { until: denial.until });
    case 'deadlinePassed':
      return refused('deadlinePassed', { deadline: denial.deadline });
  }
}
