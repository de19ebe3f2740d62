import type { Account } from '../../domain/account.ts';
import { type Compliance, complianceOf } from '../../domain/compliance.ts';
import { isMethodGone } from '../../domain/sign-in.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';

/** Where somebody stands with policy: what the notice of a deadline says, and whether another method is due (R26, S79). */
export interface Standing {
  readonly compliance: Compliance;
  /** Whether policy blocks every method that is enrolled. */
  readonly methodGone: boolean;
}

export async function standingOf(tx: Tx, account: Account, now: Instant): Promise<Standing> {
  const inForce = await tx.workspace.policy();
  const factors = await tx.factors.listFor(account.id);
  const exemption = await tx.exceptions.exemptionFor(account.id);
  const enrolled = factors.map(({ method }) => method);
  return {
    compliance: complianceOf(inForce, account, factors, exemption, now),
    methodGone: isMethodGone(inForce.policy, account, enrolled),
  };
}
