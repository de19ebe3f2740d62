import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, refused } from '../../domain/errors.ts';
import { admits, readAllowlist, widens } from '../../domain/ip-allowlist.ts';
import type { Deps } from '../../ports/deps.ts';
import { meansIn, type StepUp } from '../two-step/step-up.ts';
import { decideUserAct, MANAGES_USERS, type Sides } from './act-on-user.ts';
import { doProvenIfNeeded } from './proven-act.ts';

export interface AllowlistWanted {
  readonly id: string;
  /** One address or range a line; empty for no limit. */
  readonly text: string;
  /** One's own list leaves one's own address out, and that is meant. */
  readonly confirmed: boolean;
}

/** A list as it is kept, and the acting session's new token where one was proven for. */
export interface AllowlistSet {
  readonly allowlist: readonly string[];
  readonly token: string | null;
}

/**
 * Limits an account's sign-ins to addresses (R20). Sessions go on. One's own list must hold an address of this very computer,
 * unless that is confirmed (S38). A limit is set, and made narrower, at once; whatever lets anybody in from more addresses
 * than before takes the acting person's password and second step (S26): a stolen session must not open the door wider.
 * @throws {DomainError} `invalidInput` with the first unfit lines, `allowlistExcludesYou`; see `decideUserAct` and
 *   `doProvenIfNeeded`
 */
export async function setAllowlist(
  deps: Deps,
  by: Actor,
  { id, text, confirmed }: AllowlistWanted,
  stepUp: StepUp | null,
): Promise<AllowlistSet> {
  const read = readAllowlist(text);
  if (read.kind === 'unfit') throw new DomainError('invalidInput', { fields: { text: complaint(read.errors) } });
  const allowlist = read.entries;
  const what = { name: 'setAllowlist', targetId: id, needs: MANAGES_USERS, oneself: 'whatever' as const };
  const token = await doProvenIfNeeded<Sides>(deps, by, stepUp, {
    ...what,
    purpose: 'allowlist',
    async decide(tx) {
      const sides = await decideUserAct(tx, by, what);
      if (sides.kind === 'refused') return sides;
      const { actor, target } = sides.value;
      const { addresses } = by.caller;
      const excludesOneself = target.id === actor.id && !admits(allowlist, addresses);
      return excludesOneself && !confirmed ? refused('allowlistExcludesYou', { addresses }) : sides;
    },
    needsProof: ({ target }) => widens(target.allowlist, allowlist),
    async act(tx, { actor, target }, now) {
      await tx.accounts.change(id, { allowlist });
      const means = stepUp ? meansIn(stepUp) : {};
      const detail = { ...means, before: target.allowlist.join(' '), after: allowlist.join(' ') };
      const parties = { actorId: actor.id, targetId: id };
      await tx.audit.append(auditEntry('allowlistChanged', now, by.caller, parties, detail));
    },
  });
  return { allowlist, token };
}

/** The first three lines that are wrong; a list is mended from the top. */
function complaint(errors: readonly { readonly line: number; readonly message: string }[]): string {
  return errors
    .slice(0, 3)
    .map(({ line, message }) => `Line ${line}: ${message}`)
    .join(' ');
}
