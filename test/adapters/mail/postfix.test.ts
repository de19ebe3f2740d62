import { generateKeyPairSync } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { expect, test, vi } from 'vitest';
import type { Message } from '../../../src-main/domain/message.ts';
import { CODE, letterOf, MESSAGES, sixDigitWords, WRITTEN_AT } from '../../support/letters.ts';
import { AUTHORITY, failsFor, openSmtp } from '../../support/mail/peer-post.ts';
import { startPostfix, whyNoPostfix } from '../../support/mail/postfix.ts';
import { smtpSettings } from '../../support/mail/settings.ts';
import { verifyDkim } from '../../support/mail/verify-dkim.ts';

const ADA = 'ada@example.org';

test('R50 S59 every letter passes through a Debian mail server into a mailbox, signed, and reads as written', {
  timeout: 180_000,
}, async ({ skip }) => {
  const reason = await whyNoPostfix();
  if (reason) skip(reason);
  const postfix = await startPostfix(AUTHORITY.issue(), [ADA]);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const settings = smtpSettings({
    host: 'localhost',
    port: postfix.port,
    auth: { kind: 'none' },
    dkim: { domain: 'example.org', selector: 'mail2026', privateKey: key },
  });
  const smtp = openSmtp();
  const messages: Message[] = Object.values(MESSAGES);
  await Promise.all(messages.map((message) => smtp.send(settings, message.kind, letterOf(message), WRITTEN_AT)));

  const delivered = await vi.waitFor(
    async () => {
      const box = await postfix.mailbox(ADA);
      expect(box).toHaveLength(messages.length);
      return box;
    },
    { timeout: 30_000, interval: 50 },
  );
  const arrived = new Map<string, string>();
  for (const raw of delivered) {
    const mail = await simpleParser(raw);
    const kind = /^<(\w+)@example\.org>$/.exec(mail.messageId ?? '')?.[1] as Message['kind'];
    arrived.set(kind, raw);
    expect(raw).toMatch(/^Return-Path: <security@example\.org>\r\n/);
    expect(raw).toMatch(/\bwith ESMTPS\b/);
    expect(verifyDkim(raw, publicKey)).toMatchObject({ d: 'example.org', s: 'mail2026' });
    expect(mail.to?.value).toMatchObject([{ name: 'Ada Byron', address: ADA }]);
    expect(mail.date).toEqual(new Date(WRITTEN_AT - 123));
    expect(mail.text).toContain('Hello Ada Byron,');
    expect(sixDigitWords(mail.text ?? '')).toEqual('code' in MESSAGES[kind] ? [CODE] : []);
  }
  expect([...arrived.keys()].sort()).toEqual(messages.map(({ kind }) => kind).sort());

  const toNobody = letterOf(MESSAGES.signInCode, { to: 'nobody@example.org' });
  await expect(smtp.send(settings, 'unknown', toNobody, WRITTEN_AT)).rejects.toMatchObject(
    failsFor('recipientRejected', true),
  );
  const elsewhere = letterOf(MESSAGES.signInCode, { to: 'ada@elsewhere.example' });
  await expect(smtp.send(settings, 'elsewhere', elsewhere, WRITTEN_AT)).rejects.toMatchObject(
    failsFor('recipientRejected', true),
  );
});
