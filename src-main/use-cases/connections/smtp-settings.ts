import type { SmtpSettings } from '../../domain/connections.ts';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { Place } from '../../ports/vault.ts';

/** Sealed settings open in their own row only, and belong to the workspace. */
const PLACE: Place = { table: 'connections', column: 'sealed', row: 'smtp', account: '' };

export interface StoredSmtp {
  readonly settings: SmtpSettings;
  readonly updatedAt: Instant;
}

/**
 * The mail server in use; null while there is none.
 * @throws when what is stored does not open: letters then wait instead of going another way (S19)
 */
export async function readSmtp(
  { vault }: Pick<Deps, 'vault'>,
  tx: Pick<Tx, 'connections'>,
): Promise<StoredSmtp | null> {
  const found = await tx.connections.find('smtp');
  return found && { settings: JSON.parse(vault.open(found.sealed, PLACE)), updatedAt: found.updatedAt };
}

/** The same for whoever can put it right: what does not open counts as nothing to go by. */
export async function readSmtpIfItOpens(
  deps: Pick<Deps, 'vault'>,
  tx: Pick<Tx, 'connections'>,
): Promise<StoredSmtp | 'unreadable' | null> {
  return readSmtp(deps, tx).catch((error: unknown) => {
    if (error instanceof DamagedData) throw error;
    return 'unreadable';
  });
}

export function sealSmtp({ vault }: Pick<Deps, 'vault'>, settings: SmtpSettings): string {
  return vault.seal(JSON.stringify(settings), PLACE);
}
