import { describe, expect, test } from 'vitest';
import type { MailReason } from '../../../src-main/domain/mail-failure.ts';
import { letterOf, MESSAGES, WRITTEN_AT } from '../../support/letters.ts';
import { newAuthority } from '../../support/mail/certificate.ts';
import { openFaultySmtp } from '../../support/mail/faulty-smtp.ts';
import { AUTHORITY, atPeer, failsFor, ID, openPeerPost, openSmtp } from '../../support/mail/peer-post.ts';
import { smtpSettings } from '../../support/mail/settings.ts';
import { openSmtpPeer } from '../../support/mail/smtp-peer.ts';
import { ACCOUNT } from '../../support/mail/start-smtp-peer.ts';

describe('R50 signing in', () => {
  test('with an OAuth2 token', async () => {
    const peer = await openSmtpPeer({ ...AUTHORITY.issue(), authMethods: ['XOAUTH2'] });
    const auth = { kind: 'oauth2' as const, user: ACCOUNT.user, secret: ACCOUNT.password };
    await openSmtp().sendOnce(atPeer(peer, { auth }), ID, letterOf(MESSAGES.signInCode), WRITTEN_AT);
    expect(peer.received).toMatchObject([{ user: ACCOUNT.user, secure: true }]);
  });

  test('not at all, where none is asked for', async () => {
    const { peer, send } = await openPeerPost();
    await send(letterOf(MESSAGES.signInCode), { auth: { kind: 'none' } });
    expect(peer.received).toMatchObject([{ user: null, secure: true }]);
  });

  test.each(['password', 'oauth2'] as const)(
    'S80 with a wrong %s says so, in the server’s words, and repeats no secret',
    async (kind) => {
      const secret = 'not the right one';
      const peer = await openSmtpPeer({
        ...AUTHORITY.issue(),
        authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
        onAuth: (_auth, _session, done) => done(new Error('Bad credentials\r\nsee https://help.example')),
      });
      const smtp = openSmtp();
      const sending = smtp.send(
        atPeer(peer, { auth: { kind, user: 'ada', secret } }),
        ID,
        letterOf(MESSAGES.signInCode),
        WRITTEN_AT,
      );
      await expect(sending).rejects.toMatchObject({
        trouble: { reason: 'authRejected', permanent: false, reply: expect.stringContaining('535 ') },
      });
      const said = await sending.catch((error: Error) => `${JSON.stringify(error)}${error.message}${error.stack}`);
      for (const form of [secret, Buffer.from(secret).toString('base64')]) expect(said).not.toContain(form);
    },
  );

  test('S80 a server that repeats the password in its answer is not quoted', async () => {
    const server = await openFaultySmtp(AUTHORITY.issue());
    const { auth } = atPeer(server);
    const plain = Buffer.from(`\0${ACCOUNT.user}\0${ACCOUNT.password}`).toString('base64');
    server.fail('AUTH', { reply: `535 5.7.8 no: ${plain}` });
    const smtp = openSmtp();
    const sending = smtp.send(atPeer(server, { auth }), ID, letterOf(MESSAGES.signInCode), WRITTEN_AT);
    await expect(sending).rejects.toMatchObject({ trouble: { reason: 'authRejected', reply: null } });
  });

  test('where the server takes none is refused: no letter goes out unasked', async () => {
    const peer = await openSmtpPeer({ ...AUTHORITY.issue(), disabledCommands: ['AUTH'] });
    const smtp = openSmtp();
    const sending = smtp.send(atPeer(peer), ID, letterOf(MESSAGES.signInCode), WRITTEN_AT);
    await expect(sending).rejects.toMatchObject(failsFor('authNotOffered'));
    expect(peer.received).toEqual([]);
  });
});

describe('the server’s certificate', () => {
  test.each<[string, MailReason, () => Parameters<typeof openPeerPost>]>([
    ['of an authority that nobody knows', 'certificateUnknown', () => ['tls', newAuthority('Other').issue()]],
    ['of such an authority, after STARTTLS', 'certificateUnknown', () => ['startTls', newAuthority('Other').issue()]],
    ['that has ended', 'certificateExpired', () => ['tls', AUTHORITY.issue({ days: -1 })]],
    ['that has ended, after STARTTLS', 'certificateExpired', () => ['startTls', AUTHORITY.issue({ days: -1 })]],
    ['for another name', 'certificateWrongName', () => ['tls', AUTHORITY.issue({ hosts: ['smtp.example.org'] })]],
    [
      'for another name, after STARTTLS',
      'certificateWrongName',
      () => ['startTls', AUTHORITY.issue({ hosts: ['smtp.example.org'] })],
    ],
  ])('%s is refused, and neither password nor letter is sent', async (_what, reason, how) => {
    const { peer, send } = await openPeerPost(...how());
    await expect(send(letterOf(MESSAGES.signInCode))).rejects.toMatchObject(failsFor(reason));
    expect(peer.received).toEqual([]);
  });

  test('may be for the address where the server is named by it', async () => {
    const { peer, send } = await openPeerPost('tls');
    await send(letterOf(MESSAGES.signInCode), { host: '127.0.0.1' });
    expect(peer.received).toHaveLength(1);
  });

  test('TLS older than 1.2 is not spoken', async () => {
    const peer = await openSmtpPeer({ ...AUTHORITY.issue(), secure: true, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' });
    const smtp = openSmtp();
    const sending = smtp.send(atPeer(peer, { tls: 'tls' }), ID, letterOf(MESSAGES.signInCode), WRITTEN_AT);
    await expect(sending).rejects.toMatchObject(failsFor('tlsFailed'));
  });

  test('TLS from the start at a port that begins without it is told apart from a certificate', async () => {
    const { peer } = await openPeerPost('startTls');
    const sending = openSmtp().send(atPeer(peer, { tls: 'tls' }), ID, letterOf(MESSAGES.signInCode), WRITTEN_AT);
    await expect(sending).rejects.toMatchObject(failsFor('tlsFailed'));
  });

  test('a line on which somebody took STARTTLS away carries neither password nor letter', async () => {
    const server = await openFaultySmtp(AUTHORITY.issue());
    server.fail('EHLO', { reply: '250-faulty.example\r\n250 AUTH PLAIN' });
    const smtp = openSmtp();
    server.fail('STARTTLS', { reply: '502 5.5.1 not here' });
    const sending = smtp.send(atPeer(server), ID, letterOf(MESSAGES.signInCode), WRITTEN_AT);
    await expect(sending).rejects.toMatchObject(failsFor('tlsNotOffered'));
    expect(server.heard.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS']);
  });
});

describe('what is not a mail server', () => {
  test('a name that does not exist', async () => {
    const sending = openSmtp().send(
      smtpSettings({ host: 'nowhere.invalid' }),
      ID,
      letterOf(MESSAGES.signInCode),
      WRITTEN_AT,
    );
    await expect(sending).rejects.toMatchObject(failsFor('hostNotFound'));
  });

  test('a port at which nobody listens', async () => {
    const sending = openSmtp().send(
      smtpSettings({ host: '127.0.0.1', port: 1 }),
      ID,
      letterOf(MESSAGES.signInCode),
      WRITTEN_AT,
    );
    await expect(sending).rejects.toMatchObject(failsFor('refused'));
  });

  test.each(['* OK IMAP4rev1 ready', 'SSH-2.0-OpenSSH_9.2', 'HTTP/1.1 400 Bad Request'])('%s', async (greeting) => {
    const server = await openFaultySmtp(AUTHORITY.issue());
    server.fail('greeting', { reply: greeting });
    const sending = openSmtp().send(atPeer(server), ID, letterOf(MESSAGES.signInCode), WRITTEN_AT);
    await expect(sending).rejects.toMatchObject(failsFor('notMailServer'));
  });
});
