import { describe, expect, test } from 'vitest';
import { type SmtpLimits, smtpMail } from '../../../src-main/adapters/mail/smtp-mail.ts';
import { MailFailure, type MailReason } from '../../../src-main/domain/mail-failure.ts';
import { CODE, letterOf, MESSAGES, WRITTEN_AT } from '../../support/letters.ts';
import { newAuthority } from '../../support/mail/certificate.ts';
import { openFaultySmtp } from '../../support/mail/faulty-smtp.ts';
import { smtpSettings } from '../../support/mail/settings.ts';
import { type Fault, STEPS, type Step } from '../../support/mail/start-faulty-smtp.ts';

const authority = newAuthority();
const PATIENT: SmtpLimits = { connect: 20_000, total: 20_000, idle: 10, closing: 100 };
/** For servers that hang; everybody else gets all the time of a busy machine. */
const HURRIED: SmtpLimits = { ...PATIENT, total: 250 };
const ID = 'q83vEjRWeJCrze_-q83vEg';
const SENT = 'sent';

const NOT_NOW = { reply: '451 4.3.0 not now' };
const NEVER = { reply: '554 5.7.1 never' };
const CLOSING = { reply: '421 4.3.2 shutting down' };

type Outcome = typeof SENT | MailReason | `${MailReason} for good`;

/** What each fault at each step comes to. `reply` columns: not now, never, shutting down. */
const EXPECTED: Readonly<Record<Step, readonly [Outcome, Outcome, Outcome, hang: Outcome, drop: Outcome]>> = {
  greeting: ['refused', 'refused', 'dropped', 'timeout', 'dropped'],
  EHLO: ['refused', 'refused', 'dropped', 'timeout', 'dropped'],
  STARTTLS: ['tlsNotOffered', 'tlsNotOffered', 'dropped', 'timeout', 'dropped'],
  handshake: ['tlsFailed', 'tlsFailed', 'tlsFailed', 'timeout', 'dropped'],
  AUTH: ['authRejected', 'authRejected', 'dropped', 'timeout', 'dropped'],
  MAIL: ['senderRejected', 'senderRejected', 'dropped', 'timeout', 'dropped'],
  RCPT: ['recipientRejected', 'recipientRejected for good', 'dropped', 'timeout', 'dropped'],
  DATA: ['messageRejected', 'messageRejected for good', 'dropped', 'timeout', 'dropped'],
  'end of data': ['messageRejected', 'messageRejected for good', 'dropped', 'timeout', 'dropped'],
  QUIT: [SENT, SENT, SENT, SENT, SENT],
};
const FAULTS: readonly (readonly [string, Fault])[] = [
  ['says not now', NOT_NOW],
  ['says never', NEVER],
  ['says that it shuts down', CLOSING],
  ['hangs', 'hang'],
  ['drops the line', 'drop'],
];
const CASES = STEPS.flatMap((step) =>
  FAULTS.map(([words, fault], index) => ({ step, words, fault, expected: EXPECTED[step][index] ?? SENT })),
);

async function outcomeOf(sending: Promise<void>): Promise<Outcome> {
  try {
    await sending;
    return SENT;
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    const { reason, permanent } = error.trouble;
    return permanent ? `${reason} for good` : reason;
  }
}

async function openPost(limits: SmtpLimits) {
  const server = await openFaultySmtp(authority.issue());
  const smtp = smtpMail({ trust: [authority.cert], limits });
  const settings = smtpSettings({ host: 'localhost', port: server.port });
  const send = (how: 'send' | 'sendOnce' = 'send') =>
    outcomeOf(smtp[how](settings, ID, letterOf(MESSAGES.signInCode), WRITTEN_AT));
  return { server, smtp, send };
}

describe.each(['send', 'sendOnce'] as const)('S59 %s meets a server that', (how) => {
  test.each(CASES)('$words at $step: $expected', async ({ step, fault, expected }) => {
    const { server, smtp, send } = await openPost(fault === 'hang' && step !== 'QUIT' ? HURRIED : PATIENT);
    server.fail(step, fault);
    expect(await send(how)).toBe(expected);
    await smtp.close();
    expect(server.kept).toHaveLength(step === 'QUIT' ? 1 : 0);
  });
});

test.each(['greeting', 'handshake'] as const)(
  'S59 %s: a server that does not get as far as talking is given up after the shorter of the two limits',
  async (step) => {
    const { server, send } = await openPost({ ...PATIENT, connect: 100 });
    server.fail(step);
    expect(await send()).toBe('timeout');
  },
);

test('S59 a server that goes on and on, a line at a time, is given up when the letter’s time is over', async () => {
  const { server, send } = await openPost(HURRIED);
  server.fail('EHLO', { reply: '250-and', every: 20 });
  expect(await send()).toBe('timeout');
});

test('S59 a server whose reply never ends is left after 64 kB', async () => {
  const { server, send } = await openPost(PATIENT);
  server.fail('EHLO', { reply: `250-${'x'.repeat(200_000)}` });
  expect(await send()).toBe('notMailServer');
});

test.each(STEPS)('S59 once %s goes well again the letter arrives, once', async (step) => {
  const { server, smtp, send } = await openPost(PATIENT);
  server.fail(step, 'drop');
  await send();
  server.fail(null);
  if (step !== 'QUIT') expect(await send()).toBe(SENT);
  await smtp.close();
  expect(server.kept).toHaveLength(1);
  expect(server.kept[0]).toContain(CODE);
});

test('S59 R51 a line that breaks after the letter was taken makes it arrive twice, recognisably: byte for byte the same', async () => {
  const { server, send } = await openPost(PATIENT);
  server.fail('end of data', 'keep and drop');
  expect(await send()).toBe('dropped');
  server.fail(null);
  expect(await send()).toBe(SENT);
  const [first = '', second] = server.kept;
  expect(first).toContain(`Message-ID: <${ID}@example.org>`);
  expect(first).toContain('Date: Sun, 22 Nov 2026 12:30:05 +0000');
  expect(second).toBe(first);
});

test('S59 a line that broke while nothing was under way costs no letter a try', async () => {
  const { server, send } = await openPost({ ...PATIENT, idle: 20_000 });
  expect(await send()).toBe(SENT);
  server.hangUp();
  expect(await send()).toBe(SENT);
  expect(server.kept).toHaveLength(2);
});

test('closing waits a moment for the letter that is under way, then lets go of it', async () => {
  const { server, smtp, send } = await openPost(PATIENT);
  server.fail('DATA');
  const sending = send();
  await server.reached();
  await smtp.close();
  expect(await sending).toBe('timeout');
  expect(await send()).toBe('timeout'); // and takes no other
});

test('a letter that is nearly over when the app closes is not broken off', async () => {
  const { server, smtp, send } = await openPost({ ...PATIENT, closing: 20_000 });
  server.fail('end of data');
  const sending = send();
  await server.reached();
  const closing = smtp.close();
  server.say('250 taken');
  expect(await sending).toBe(SENT);
  await closing;
});
