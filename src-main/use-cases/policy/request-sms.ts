import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError, done, type Outcome, refused, settle } from '../../domain/errors.ts';
import { parseLine } from '../../domain/person-name.ts';
import { isUsableOwner } from '../../domain/role.ts';
import { DAY } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { enqueueLetter } from '../delivery/enqueue-letter.ts';
import { decidePermission } from '../users/act-on-user.ts';
import { POLICY_TOPIC } from './confirm-act.ts';

const NOTE_MAX = 400;

/**
 * Asks the owners for text messages, a paid extra (R33): on record, and by letter to each who can sign in. Asked again within
 * a day it does nothing more.
 * @throws {DomainError} `stateUnfit` where the workspace has it already, `invalidInput`, `notSignedIn`,
 *   `forbidden`
 */
export async function requestSms(deps: Deps, by: Actor, typed: string): Promise<void> {
  const now = deps.clock.now();
  const note = typed.trim() === '' ? '' : parseLine(typed, NOTE_MAX);
  if (note === null) {
    throw new DomainError('invalidInput', { fields: { note: 'Write up to 400 characters on one line.' } });
  }
  const outcome = await deps.store.transaction(async (tx): Promise<Outcome<undefined>> => {
    const { policy } = await tx.workspace.policy();
    const parties = { actorId: by.account.id, targetId: null };
    const permitted = await decidePermission(tx, by, [['generalSettings', 'manage']]);
    const refusal = permitted.kind === 'done' && policy.sms.entitled ? refused('stateUnfit') : permitted;
    if (refusal.kind === 'refused') {
      const detail = { reason: `requestSms ${refusal.error.code}` };
      await tx.audit.append(auditEntry('policyRefused', now, by.caller, parties, detail));
      return refusal;
    }
    const last = await tx.audit.smsRequestedAt();
    if (last !== null && now < last + DAY) return done(undefined);
    await tx.audit.append(auditEntry('smsRequested', now, by.caller, parties, { reason: note }));
    const message = { kind: 'smsRequested' as const, at: now, by: by.account.name, note };
    for (const owner of (await tx.accounts.privileged()).filter(isUsableOwner)) {
      await enqueueLetter(deps, tx, owner, message, now);
    }
    return done(undefined);
  });
  settle(outcome);
  deps.bell.ring(POLICY_TOPIC);
}
