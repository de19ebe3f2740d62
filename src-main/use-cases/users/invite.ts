import type { Account } from '../../domain/account.ts';
import type { OneTimeCode } from '../../domain/one-time-code.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { OutboxRow, Tx } from '../../ports/store.ts';
import { enqueueLetter, sealLetter } from '../delivery/enqueue-letter.ts';
import { drawCodeFor, issueOneTimeCode } from '../recovery/issue-one-time-code.ts';

/** Inside a transaction: mails an invitation, whose code takes the place of any earlier one. */
export async function invite(
  deps: Pick<Deps, 'random' | 'vault'>,
  tx: Tx,
  account: Account,
  by: Pick<Account, 'name'>,
  now: Instant,
): Promise<void> {
  const { code, expiresAt } = await issueOneTimeCode(deps, tx, account, 'invitation', account.email, now);
  await enqueueLetter(deps, tx, account, { kind: 'invitation', by: by.name, inviteCode: code, expiresAt }, now);
}

/** An invitation to be put into the store later. */
export interface Invitation {
  readonly code: OneTimeCode;
  readonly letter: OutboxRow;
}

/** One of very many first invitations, drawn and sealed ahead of the transaction that adds the account. */
export function prepareInvitation(
  deps: Pick<Deps, 'random' | 'vault'>,
  workspace: string,
  account: Account,
  by: Pick<Account, 'name'>,
  now: Instant,
): Invitation {
  const { code, expiresAt, row } = drawCodeFor(deps, account, 'invitation', account.email, now);
  const message = { kind: 'invitation' as const, by: by.name, inviteCode: code, expiresAt };
  return { code: row, letter: sealLetter(deps, workspace, account, message, now, 'bulk') };
}
