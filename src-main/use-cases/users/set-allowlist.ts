import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, done, refused } from '../../domain/errors.ts';
import { admits, readAllowlist } from '../../domain/ip-allowlist.ts';
import type { Deps } from '../../ports/deps.ts';
import { actOnUser, MANAGES_USERS } from './act-on-user.ts';

export interface AllowlistWanted {
  readonly id: string;
  /** One address or range a line; empty for no limit. */
  readonly text: string;
  /** One's own list leaves one's own address out, and that is meant. */
  readonly confirmed: boolean;
}

/**
 * Limits an account's sign-ins to addresses (R20), and gives the list as it is kept. Sessions go on. One's own list must
 * hold an address of this very computer, unless that is confirmed (S38).
 * @throws {DomainError} `invalidInput` with the first unfit lines, `allowlistExcludesYou`, and see `actOnUser`
 */
export async function setAllowlist(
  deps: Deps,
  by: Actor,
  { id, text, confirmed }: AllowlistWanted,
): Promise<readonly string[]> {
  const read = readAllowlist(text);
  if (read.kind === 'unfit') throw new DomainError('invalidInput', { fields: { text: complaint(read.errors) } });
  const allowlist = read.entries;
  const what = { name: 'setAllowlist', targetId: id, needs: MANAGES_USERS, oneself: 'whatever' as const };
  return actOnUser(deps, by, what, async (tx, { actor, target }, now) => {
    const { addresses } = by.caller;
    if (target.id === actor.id && !confirmed && !admits(allowlist, addresses)) {
      return refused('allowlistExcludesYou', { addresses });
    }
    await tx.accounts.change(id, { allowlist });
    const detail = { before: target.allowlist.join(' '), after: allowlist.join(' ') };
    const parties = { actorId: actor.id, targetId: id };
    await tx.audit.append(auditEntry('allowlistChanged', now, by.caller, parties, detail));
    return done(allowlist);
  });
}

/** The first three lines that are wrong; a list is mended from the top. */
function complaint(errors: readonly { readonly line: number; readonly message: string }[]): string {
  return errors
    .slice(0, 3)
    .map(({ line, message }) => `Line ${line}: ${message}`)
    .join(' ');
}
