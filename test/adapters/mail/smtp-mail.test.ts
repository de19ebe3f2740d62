import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { smtpMail } from '../../../src-main/adapters/mail/smtp-mail.ts';
import type { Message } from '../../../src-main/domain/message.ts';
import { CODE, letterOf, MESSAGES, sixDigitWords, WRITTEN_AT } from '../../support/letters.ts';
import { openFaultySmtp } from '../../support/mail/faulty-smtp.ts';
import { AUTHORITY, atPeer, ID, openPeerPost } from '../../support/mail/peer-post.ts';
import { ACCOUNT } from '../../support/mail/start-smtp-peer.ts';
import { verifyDkim } from '../../support/mail/verify-dkim.ts';

describe.each(['startTls', 'tls'] as const)('R50 over %s', (tls) => {
  test.each(Object.values(MESSAGES) as Message[])(
    '$kind arrives, is signed in for, and reads as written',
    async (message) => {
      const { peer, send } = await openPeerPost(tls);
      await send(letterOf(message));
      const [{ mail, raw, ...arrived } = { mail: null }] = peer.received;
      expect(arrived).toEqual({
        from: 'security@example.org',
        to: ['ada@example.org'],
        secure: true,
        user: ACCOUNT.user,
      });
      expect(mail?.from?.value).toMatchObject([{ name: 'Example Works', address: 'security@example.org' }]);
      expect(mail?.to?.value).toMatchObject([{ name: 'Ada Byron', address: 'ada@example.org' }]);
      expect([mail?.messageId, mail?.date]).toEqual([`<${ID}@example.org>`, new Date(WRITTEN_AT - 123)]);
      expect(mail?.subject).not.toBe('');
      expect(mail?.text).toContain('Hello Ada Byron,');
      expect(mail?.html).toContain('Hello Ada Byron,');
      expect(mail?.attachments).toEqual([]);
      expect(sixDigitWords(mail?.text ?? '')).toEqual('code' in message ? [CODE] : []);
      expect(peer.received).toHaveLength(1);
    },
  );
});

describe('connections', () => {
  test('letters one after another go over one', async () => {
    const { peer, send } = await openPeerPost();
    for (const id of ['one', 'two', 'three']) await send(letterOf(MESSAGES.signInCode), {}, id);
    expect([peer.received.length, peer.connections()]).toEqual([3, 1]);
  });

  test('letters at once go over three at most', async () => {
    const { peer, send } = await openPeerPost();
    const ids = Array.from({ length: 12 }, (_, index) => `letter-${index}`);
    await Promise.all(ids.map((id) => send(letterOf(MESSAGES.signInCode), {}, id)));
    expect(peer.received.map(({ mail }) => mail.messageId).sort()).toEqual(
      ids.map((id) => `<${id}@example.org>`).sort(),
    );
    expect(peer.connections()).toBeLessThanOrEqual(3);
  });

  test('R50 other settings are used at once; what is under way under the old ones still ends there', async () => {
    const server = await openFaultySmtp(AUTHORITY.issue());
    const { peer, smtp } = await openPeerPost();
    server.fail('end of data');
    const old = smtp.send(atPeer(server), 'old', letterOf(MESSAGES.signInCode), WRITTEN_AT);
    await server.reached();
    await smtp.send(atPeer(peer), 'new', letterOf(MESSAGES.signInCode), WRITTEN_AT);
    server.say('250 taken');
    await old;
    expect(peer.received.map(({ mail }) => mail.messageId)).toEqual(['<new@example.org>']);
  });

  test('a trial has one of its own', async () => {
    const { peer, smtp, send } = await openPeerPost();
    await send(letterOf(MESSAGES.signInCode));
    await smtp.sendOnce(atPeer(peer), 'trial', letterOf(MESSAGES.mailTest), WRITTEN_AT);
    expect(peer.connections()).toBe(2);
  });
});

describe('R50 DKIM', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkim = {
    domain: 'example.org',
    selector: 'mail2026',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };

  test('a signed letter verifies by the text of RFC 6376, the same bytes each time', async () => {
    const { peer, send } = await openPeerPost();
    const letter = letterOf(MESSAGES.signInCode, { name: 'Zoë Łęcka 林', workspace: 'Hafen  &\tKüste' });
    await send(letter, { dkim });
    await send(letter, { dkim });
    const [first, second] = peer.received.map(({ raw }) => raw);
    expect(verifyDkim(first ?? '', publicKey)).toMatchObject({ v: '1', d: 'example.org', s: 'mail2026' });
    expect(verifyDkim(first ?? '', publicKey)?.h).toMatch(/from:subject:date:message-id:to/);
    expect(verifyDkim((first ?? '').replace(CODE, '111111'), publicKey)).toBe(null);
    expect(second).toBe(first);
  });

  test('only keys that can sign are taken', () => {
    const { canSign } = smtpMail();
    const pem = (pair: { privateKey: KeyObject }) =>
      pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(canSign(dkim.privateKey)).toBe(true);
    expect(canSign(pem(generateKeyPairSync('rsa', { modulusLength: 1024 })))).toBe(true);
    expect(canSign(pem(generateKeyPairSync('rsa', { modulusLength: 512 })))).toBe(false);
    expect(canSign(pem(generateKeyPairSync('ed25519')))).toBe(false);
    expect(canSign(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(false);
    const locked = privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
      .toString();
    expect(canSign(locked)).toBe(false);
    for (const nonsense of ['', 'key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])
      expect(canSign(nonsense)).toBe(false);
  });
});
