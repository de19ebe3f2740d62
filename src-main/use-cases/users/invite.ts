import type { Account } from '../../domain/account.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { issueOneTimeCode } from '../recovery/issue-one-time-code.ts';

/**
 * Inside a transaction: mails an invitation, whose code takes the place of any earlier one.
 * @param haste `bulk` for one of very many
 */
export async function invite(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  account: Account,
  by: Pick<Account, 'name'>,
  now: Instant,
  haste: 'at once' | 'bulk' = 'at once',
): Promise<void> {
  const { code, expiresAt } = await issueOneTimeCode(deps, tx, account, 'invitation', account.email, now);
  await enqueueLetter(deps, tx, account, { kind: 'invitation', by: by.name, inviteCode: code, expiresAt }, now, haste);
}
