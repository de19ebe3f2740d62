import type { Account } from '../../domain/account.ts';
import type { Letter, Message } from '../../domain/message.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { Place } from '../../ports/vault.ts';

/** Bell topic that wakes the dispatcher; to be rung after the commit of whatever enqueued a letter. */
export const OUTBOX_TOPIC = 'outbox';

/**
 * Inside a transaction: a sealed letter to the account, due at once, so that message and act are recorded both
 * or neither (ARCHITECTURE 6). Gives the outbox row's id.
 * @param haste `bulk` for letters to very many, which codes must not wait behind
 */
export async function enqueueLetter(
  { vault, random }: Pick<Deps, 'vault' | 'random'>,
  tx: Pick<Tx, 'outbox' | 'workspace'>,
  account: Pick<Account, 'id' | 'name' | 'email'>,
  message: Message,
  now: Instant,
  haste: 'at once' | 'bulk' = 'at once',
): Promise<string> {
  const workspace = (await tx.workspace.find())?.name ?? '';
  const letter: Letter = { to: account.email, name: account.name, workspace, locale: 'en', message };
  const id = random.id();
  await tx.outbox.add({
    id,
    accountId: account.id,
    sealed: vault.seal(JSON.stringify(letter), placeOfLetter({ id, accountId: account.id })),
    state: 'queued',
    attempts: 0,
    bulk: haste === 'bulk',
    dueAt: now,
    createdAt: now,
  });
  return id;
}

/** A letter opens in its own row only. */
export function placeOfLetter({ id, accountId }: { readonly id: string; readonly accountId: string }): Place {
  return { table: 'outbox', column: 'sealed', row: id, account: accountId };
}
