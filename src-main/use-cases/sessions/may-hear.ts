import type { Actor } from '../../domain/actor.ts';
import { type Level, type Module, may } from '../../domain/role.ts';
import type { Deps } from '../../ports/deps.ts';

/**
 * Whether somebody who began to listen may hear by now that a part of the workspace changed: by the role they have by now,
 * any of the pairs being enough (S39), in a session that opens more than enrolling (R26).
 */
export async function mayHear(
  { store }: Pick<Deps, 'store'>,
  { account, session: own }: Actor,
  wanted: readonly (readonly [Module, Level])[],
): Promise<boolean> {
  return store.read(async (tx) => {
    const current = await tx.accounts.find(account.id);
    const session = (await tx.sessions.listFor(account.id)).find(({ id }) => id === own.id);
    if (!current || session?.scope !== 'full') return false;
    const permissions = (await tx.roles.matrix())[current.role];
    return wanted.some(([module, level]) => may(permissions, module, level));
  });
}
