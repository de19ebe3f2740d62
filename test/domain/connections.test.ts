import { describe, expect, test } from 'vitest';
import { describeSmtp, parseSmtp, type SmtpForm, viewSmtp } from '../../src-main/domain/connections.ts';
import { smtpForm, smtpSettings } from '../support/mail/settings.ts';

const KEY =
  '-----BEGIN PRIVATE KEY-----\nMIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQ==\n-----END PRIVATE KEY-----\n';
const DKIM = { dkim: true, dkimDomain: 'Example.org', dkimSelector: 'mail2026', dkimKey: KEY };
const STORED = smtpSettings({ dkim: { domain: 'example.org', selector: 'mail2026', privateKey: KEY.trim() } });

function complaintsOf(change: Partial<SmtpForm>, stored = null as typeof STORED | null): string[] {
  const parsed = parseSmtp(smtpForm(change), stored);
  return parsed.kind === 'unfit' ? Object.keys(parsed.fields) : [];
}

test('R50 a form comes to settings, trimmed, in the spelling that is written to', () => {
  const form = smtpForm({
    host: ' smtp.example.org ',
    fromAddress: ' security@EXAMPLE.org ',
    fromName: '  Example   Works ',
  });
  expect(parseSmtp(form, null)).toEqual({ kind: 'fit', settings: smtpSettings() });
});

test('R50 without a sign-in, user and password are not kept', () => {
  expect(parseSmtp(smtpForm({ auth: 'none' }), null)).toEqual({
    kind: 'fit',
    settings: smtpSettings({ auth: { kind: 'none' } }),
  });
});

test('R50 an OAuth2 token and a DKIM key are taken', () => {
  const form = smtpForm({ auth: 'oauth2', secret: 'ya29.token', ...DKIM });
  expect(parseSmtp(form, null)).toEqual({
    kind: 'fit',
    settings: smtpSettings({
      auth: { kind: 'oauth2', user: 'mailer@example.org', secret: 'ya29.token' },
      dkim: { domain: 'example.org', selector: 'mail2026', privateKey: KEY.trim() },
    }),
  });
});

test('an IPv6 address may stand in brackets', () => {
  expect(parseSmtp(smtpForm({ host: '[2001:db8::7]' }), null)).toMatchObject({ settings: { host: '2001:db8::7' } });
});

test.each<[string, Partial<SmtpForm>, string]>([
  ['no host', { host: '' }, 'host'],
  ['an address of a page', { host: 'https://smtp.example.org' }, 'host'],
  ['a host with a command behind it', { host: 'smtp.example.org\r\nQUIT' }, 'host'],
  ['port 0', { port: 0 }, 'port'],
  ['port 65536', { port: 65_536 }, 'port'],
  ['half a port', { port: 25.5 }, 'port'],
  ['no port', { port: Number.NaN }, 'port'],
  ['no user', { user: ' ' }, 'user'],
  ['a user of two lines', { user: 'a\r\nb' }, 'user'],
  ['no password', { secret: '' }, 'secret'],
  ['a password of two lines', { secret: 'a\nb' }, 'secret'],
  ['a password with a NUL, which ends it in AUTH PLAIN', { secret: 'a\0b' }, 'secret'],
  ['S58 no sender', { fromAddress: '' }, 'fromAddress'],
  ['S58 a sender with a route', { fromAddress: '@a,@b:c@example.org' }, 'fromAddress'],
  ['S58 two senders', { fromAddress: 'a@example.org, b@example.org' }, 'fromAddress'],
  ['S56 a sender with a header behind it', { fromAddress: 'a@example.org\r\nBcc: b@example.org' }, 'fromAddress'],
  ['S56 a name with a header behind it', { fromName: 'Works\r\nBcc: b@example.org' }, 'fromName'],
  ['no name', { fromName: '  ' }, 'fromName'],
  ['a signature without a domain', { ...DKIM, dkimDomain: '' }, 'dkimDomain'],
  [
    'S56 a signature’s domain with a tag behind it',
    { ...DKIM, dkimDomain: 'example.org; d=other.example' },
    'dkimDomain',
  ],
  ['a signature without a selector', { ...DKIM, dkimSelector: '' }, 'dkimSelector'],
  ['a signature without a key', { ...DKIM, dkimKey: '' }, 'dkimKey'],
  ['a public key', { ...DKIM, dkimKey: KEY.replaceAll('PRIVATE', 'PUBLIC') }, 'dkimKey'],
])('%s is refused, at its field', (_what, change, field) => {
  expect(complaintsOf(change)).toEqual([field]);
});

describe('without encryption', () => {
  test.each(['localhost', '127.0.0.1', '::1'])('%s is taken: nothing leaves this computer', (host) => {
    expect(complaintsOf({ tls: 'none', host })).toEqual([]);
  });

  test('any other host only after it was said yes to', () => {
    expect(complaintsOf({ tls: 'none' })).toEqual(['allowPlain']);
    expect(complaintsOf({ tls: 'none', allowPlain: true })).toEqual([]);
  });
});

describe('a secret left empty', () => {
  const left = { secret: '', ...DKIM, dkimKey: '' };

  test('is the stored one, for the server and user it was given for', () => {
    expect(parseSmtp(smtpForm({ ...left, fromName: 'Another Name' }), STORED)).toEqual({
      kind: 'fit',
      settings: { ...STORED, from: { ...STORED.from, name: 'Another Name' } },
    });
  });

  test.each<[string, Partial<SmtpForm>]>([
    ['host', { host: 'attacker.example' }],
    ['port', { port: 2525 }],
    ['encryption', { tls: 'tls' }],
    ['encryption, to none at all', { tls: 'none', allowPlain: true }],
    ['user', { user: 'somebody@example.org' }],
    ['kind of sign-in', { auth: 'oauth2' }],
  ])('must be typed again when the %s changes, or it could be sent elsewhere', (_what, change) => {
    expect(complaintsOf({ ...left, ...change }, STORED)).toEqual(['secret']);
  });

  test.each<[string, Partial<SmtpForm>]>([
    ['domain', { dkimDomain: 'other.example' }],
    ['selector', { dkimSelector: 'other' }],
  ])('a key must be pasted again when its %s changes', (_what, change) => {
    expect(complaintsOf({ ...left, ...change }, STORED)).toEqual(['dkimKey']);
  });

  test('is never there to keep where none was stored', () => {
    expect(complaintsOf(left, smtpSettings({ auth: { kind: 'none' } }))).toEqual(['secret', 'dkimKey']);
  });
});

test('S70 what is shown and what is audited hold no secret', () => {
  const shown = JSON.stringify([viewSmtp(STORED, 7), describeSmtp(STORED)]);
  expect(shown).not.toContain('a mailbox of its own');
  expect(shown).not.toContain('PRIVATE KEY');
  expect(viewSmtp(STORED, 7)).toMatchObject({ hasSecret: true, hasDkimKey: true, updatedAt: 7 });
  expect(describeSmtp(STORED)).toBe(
    'smtp.example.org:587, startTls, password of mailer@example.org, Example Works <security@example.org>, DKIM mail2026._domainkey.example.org',
  );
});

test('S58 endless fields are weighed at once', () => {
  for (const unit of ['a', '<', '"', '@', '(', 'a@', '-----BEGIN PRIVATE KEY-----\n']) {
    const long = unit.repeat(100_000);
    const everywhere = { host: long, user: long, secret: long, fromName: long, fromAddress: long };
    expect(complaintsOf({ ...everywhere, ...DKIM, dkimDomain: long, dkimSelector: long, dkimKey: long })).toContain(
      'host',
    );
  }
});
