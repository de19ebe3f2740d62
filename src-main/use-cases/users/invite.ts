import type { Account } from '../../domain/account.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { issueOneTimeCode } from '../recovery/issue-one-time-code.ts';

/** Inside a transaction: mails an invitation, whose code takes the place of any earlier one. */
export async function invite(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  account: Account,
  by: Pick<Account, 'name'>,
  now: Instant,
  haste: 'at once' | 'bulk' = 'at once',
): Promise<void> {
  const { code, expiresAt } = await issueOneTimeCode(deps, tx, account, 'invitation', account.email, now);
  const message = { kind: 'invitation' as const, by: by.name, inviteCode: code, expiresAt };
  await enqueueLetter(deps, tx, account, message, now, haste);
}
