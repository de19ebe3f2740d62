import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { decideSend } from '../../domain/code.ts';
import { done, refused } from '../../domain/errors.ts';
import { importOf } from '../../domain/imported.ts';
import { stateOf } from '../../domain/people.ts';
import { DAY } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { actOnUser, MANAGES_USERS } from './act-on-user.ts';
import { invite } from './invite.ts';

/**
 * Mails a new invitation to who has not joined yet; the earlier one stops working. Its letters are capped like codes. Those
 * whom an import is still adding wait until all are there: nobody may join who could be taken out again.
 * @throws {DomainError} `stateUnfit`, `jobRunning`, `resendTooSoon`, `tooManyCodes`, and see `actOnUser`
 */
export async function inviteAgain(deps: Deps, by: Actor, id: string): Promise<void> {
  const what = { name: 'invite', targetId: id, needs: MANAGES_USERS, oneself: 'refused' as const };
  await actOnUser(deps, by, what, async (tx, { actor, target }, now) => {
    if (stateOf(target) !== 'invited') return refused('stateUnfit');
    const running = await tx.jobs.running('userImport');
    if (running && running.phase !== 'inviting' && importOf(id) === running.id) return refused('jobRunning');
    const sends = await tx.oneTimeCodes.sendsSince(id, 'invitation', now - DAY);
    const decision = decideSend(sends, sends.at(-1) ?? null, now);
    if (decision.kind === 'wait') return refused('resendTooSoon', { resendAt: decision.resendAt });
    if (decision.kind === 'capped') return refused('tooManyCodes', { retryAt: decision.retryAt });
    await invite(deps, tx, target, actor, now);
    await tx.audit.append(auditEntry('invitationSent', now, by.caller, { actorId: by.account.id, targetId: id }));
    return done(undefined);
  });
}
