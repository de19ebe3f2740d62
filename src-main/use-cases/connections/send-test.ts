import type { Account } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { describeSmtp, type SmtpForm, type SmtpSettings } from '../../domain/connections.ts';
import { DomainError, settle } from '../../domain/errors.ts';
import { MailFailure, type MailTrouble } from '../../domain/mail-failure.ts';
import { decideTest } from '../../domain/mail-test.ts';
import type { Letter } from '../../domain/message.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Store } from '../../ports/store.ts';
import { readSmtpForm } from './read-smtp-form.ts';
import { readSmtpIfItOpens } from './smtp-settings.ts';

/** When each account sent its last tests, per store. Gone with a restart, which costs more than it gains. */
const tests = new WeakMap<Store, Map<string, readonly Instant[]>>();

/**
 * Sends a letter to one's own address at once, through the form's settings, saved or not (R50). Nothing is changed by
 * it, whatever comes of it. Gives the address.
 * @throws {DomainError} `invalidInput`, `tooManyTests`, `mailNotSent`
 */
export async function sendTest(deps: Deps, by: Actor, form: SmtpForm): Promise<{ sentTo: string }> {
  const now = deps.clock.now();
  const stored = await deps.store.read((tx) => readSmtpIfItOpens(deps, tx));
  const settings = settle(readSmtpForm(deps, form, stored));
  const retryAt = take(deps.store, by.account, now);
  const trouble = retryAt === null ? await tryOut(deps, settings, await testLetter(deps, by, now), now) : null;
  const reason = retryAt === null ? trouble?.reason : 'tooManyTests';
  const detail = { after: describeSmtp(settings), ...(reason && { reason }) };
  const parties = { actorId: by.account.id, targetId: null };
  await deps.store.transaction((tx) =>
    tx.audit.append(auditEntry('connectionTested', now, by.caller, parties, detail)),
  );
  if (retryAt !== null) throw new DomainError('tooManyTests', { retryAt });
  if (trouble) throw new DomainError('mailNotSent', { reason: trouble.reason, reply: trouble.reply });
  return { sentTo: by.account.email };
}

/** Counts one more test; gives the time of the next where there were too many. */
function take(store: Store, { id }: Account, now: Instant): Instant | null {
  const ofStore = tests.get(store) ?? new Map<string, readonly Instant[]>();
  tests.set(store, ofStore);
  const decision = decideTest(ofStore.get(id) ?? [], now);
  if (decision.kind === 'capped') return decision.retryAt;
  ofStore.set(id, decision.tests);
  return null;
}

async function testLetter(deps: Deps, { account, caller }: Actor, now: Instant): Promise<Letter> {
  const workspace = (await deps.store.read((tx) => tx.workspace.find()))?.name ?? '';
  const message = { kind: 'mailTest' as const, at: now, client: caller.client };
  return { to: account.email, name: account.name, workspace, locale: 'en', message };
}

/** What went wrong; null when the server took the letter. */
async function tryOut(
  { smtp, random }: Deps,
  settings: SmtpSettings,
  letter: Letter,
  now: Instant,
): Promise<MailTrouble | null> {
  try {
    await smtp.sendOnce(settings, random.id(), letter, now);
    return null;
  } catch (error) {
    if (error instanceof MailFailure) return error.trouble;
    throw error;
  }
}
