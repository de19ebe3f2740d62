import type { Account } from '../../domain/account.ts';
import { complianceOf } from '../../domain/compliance.ts';
import type { Job } from '../../domain/job.ts';
import type { Message } from '../../domain/message.ts';
import type { PolicyInForce } from '../../domain/policy.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { endByItself, type JobDeps, type Ran, roomForLetters } from './long-work.ts';

/**
 * Letters to the next accounts, in the order of their ids, on how and by when to set up two-step verification (R28). The job
 * that began with the requirement also tells those who have it; a later one reminds the others only.
 */
export async function writeInstructions(deps: JobDeps, tx: Tx, job: Job, size: number, now: Instant): Promise<Ran> {
  const inForce = await tx.workspace.policy();
  if (inForce.policy.enforcement !== 'required') return endByItself(tx, job, 'cancelled', job.done, now);
  const room = await roomForLetters(tx);
  if (room <= 0) return 'waiting';
  const accounts = await tx.accounts.listAfter(job.cursor, Math.min(size, room));
  const last = accounts.at(-1);
  if (!last) return endByItself(tx, job, 'done', job.done, now);
  const isReminder = job.createdAt !== inForce.requiredSince;
  for (const account of accounts) {
    const message = await instructionsFor(tx, inForce, account, now);
    if (message && !(isReminder && message.kind === 'alreadyEnrolled')) {
      await enqueueLetter(deps, tx, account, message, now, 'bulk');
    }
  }
  await tx.jobs.advance(job.id, last.id, job.done + accounts.length);
  return 'worked';
}

/** What an account is told; null for who cannot sign in or is not asked. */
async function instructionsFor(
  tx: Tx,
  inForce: PolicyInForce,
  account: Account,
  now: Instant,
): Promise<Message | null> {
  if (account.passwordHash === null || account.suspendedAt !== null) return null;
  const factors = await tx.factors.listFor(account.id);
  const exemption = await tx.exceptions.exemptionFor(account.id);
  const compliance = complianceOf(inForce, account, factors, exemption, now);
  switch (compliance.kind) {
    case 'notAsked':
      return null;
    case 'met':
      return { kind: 'alreadyEnrolled' };
    case 'due':
      return { kind: 'enrolBy', deadline: compliance.deadline };
    case 'overdue':
      // Whoever is refused from then on is not told to set it up at the next sign-in.
      return inForce.policy.afterDeadline === 'block' && account.mustEnrolSince === null && account.role !== 'owner'
        ? { kind: 'enrolBy', deadline: compliance.deadline }
        : { kind: 'enrolNow' };
  }
}
