import type { Account } from '../../domain/account.ts';
import { complianceOf } from '../../domain/compliance.ts';
import type { Instant } from '../../domain/values.ts';
import type { Tx } from '../../ports/store.ts';

/** Whether an account may go without two-step verification: not where enforcement would ask for it at once (R30). */
export async function mayDisable(
  tx: Pick<Tx, 'workspace' | 'exceptions'>,
  account: Account,
  now: Instant,
): Promise<boolean> {
  const inForce = await tx.workspace.policy();
  const exemption = await tx.exceptions.exemptionFor(account.id);
  return complianceOf(inForce, { ...account, twoStep: 'off' }, [], exemption, now).kind === 'notAsked';
}
