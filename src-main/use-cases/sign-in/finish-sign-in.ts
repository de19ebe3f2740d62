import { done, type Outcome } from '../../domain/errors.ts';
import type { Caller, Instant, ProofMethod } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { type Entry, enter } from './enter.ts';
import type { PendingFound } from './find-pending.ts';
import { refuseSignIn, weighSignIn } from './weigh-sign-in.ts';

/** How the sign-in would end if the second step were answered rightly. */
export type Prospect = Omit<Entry, 'provenWith'>;

/**
 * Inside a transaction, before a proof is spent: what a right answer leads to as things are now, which may not be as they
 * were at the password (S3). A refusal is on record.
 */
export async function foresee(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  { account, inForce }: PendingFound,
  caller: Caller,
  now: Instant,
): Promise<Outcome<Prospect>> {
  const state = { trusted: false, proven: true };
  const { decision, exemption } = await weighSignIn(deps, tx, caller, account, inForce, state, now);
  if (decision.kind === 'deny') return refuseSignIn(tx, caller, account, decision, now);
  return done({ exemption, scope: decision.kind === 'enrol' ? 'enrolOnly' : 'full' });
}

/**
 * Inside the transaction that used up the proof: ends the pending sign-in and opens the session, both or neither
 * (S74). Null when a parallel call was faster (S7).
 */
export async function finishSignIn(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  { pending, account }: PendingFound,
  caller: Caller,
  prospect: Prospect,
  method: ProofMethod,
  now: Instant,
): Promise<string | null> {
  if (!(await tx.pendingSignIns.remove(pending.id))) return null;
  const factor = (await tx.factors.listFor(account.id)).find((candidate) => candidate.method === method);
  if (factor) await tx.factors.touch(factor.id, now);
  return enter(deps, tx, account, caller, { ...prospect, provenWith: method }, now);
}
