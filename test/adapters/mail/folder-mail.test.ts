import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { beforeEach, describe, expect, test } from 'vitest';
import { folderMail } from '../../../src-main/adapters/mail/folder-mail.ts';
import type { Letter, Message } from '../../../src-main/domain/message.ts';
import { CODE, letterOf, MESSAGES, sixDigitWords, WRITTEN_AT } from '../../support/letters.ts';
import { freshFolder } from '../../support/open-test-store.ts';

const ID = 'q83vEjRWeJCrze_-q83vEg';
const NAME = `2026-11-22T12-30-05.123Z-${ID}.eml`;

let folder: string;
beforeEach(async () => {
  folder = join(await freshFolder(), 'outbox', 'mail');
});

const send = (letter: Letter, id = ID, at = WRITTEN_AT) => folderMail(folder).send(id, letter, at);
const raw = (name = NAME) => readFileSync(join(folder, name));

async function sent(letter: Letter): Promise<Email> {
  await send(letter);
  return PostalMime.parse(raw());
}

test('R50 a letter is one file, named by UTC time and id, for its owner only', async () => {
  await send(letterOf(MESSAGES.signInCode));
  expect(readdirSync(folder)).toEqual([NAME]);
  expect(statSync(join(folder, NAME)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('R50 it parses back with addressee, subject, date, id and both forms', async () => {
  const { from, to, subject, date, messageId, text, html, headers } = await sent(letterOf(MESSAGES.signInCode));
  expect({ from, to, subject, date, messageId }).toEqual({
    from: { name: 'Vestibule', address: 'no-reply@vestibule.localhost' },
    to: [{ name: 'Ada Byron', address: 'ada@example.org' }],
    subject: 'Your sign-in code for Harbour & Pine',
    date: '2026-11-22T12:30:05.000Z',
    messageId: `<${ID}@vestibule.localhost>`,
  });
  expect(text).toMatch(/^042917$/m);
  expect(html).toContain('042917');
  expect(headers.map(({ key }) => key)).toContain('auto-submitted');
});

test.each(Object.values(MESSAGES) as Message[])(
  'the text part of $kind holds no six digits but its code',
  async (message) => {
    const { text = '' } = await sent(letterOf(message));
    expect(sixDigitWords(text)).toEqual('code' in message ? [CODE] : []);
    expect(sixDigitWords(raw().toString('latin1')).filter((word) => word !== CODE)).toEqual([]);
  },
);

test('every line is ASCII of at most 998 characters, ended by CRLF (RFC 5322 2.1.1)', async () => {
  await send(letterOf(MESSAGES.passwordChanged, { name: 'Zoë Łęcka 林', workspace: 'Ünïted '.repeat(30) }));
  const lines = raw().toString('latin1').split('\r\n');
  expect(lines.filter((line) => line.length > 998 || /[^\x20-\x7e\t]/.test(line))).toEqual([]);
});

test('names in any script arrive as they are', async () => {
  const { to, text } = await sent(letterOf(MESSAGES.signInCode, { name: 'Zoë Łęcka 林' }));
  expect(to?.[0]?.name).toBe('Zoë Łęcka 林');
  expect(text).toContain('Hello Zoë Łęcka 林,');
});

describe('S56 a hostile name', () => {
  const HOSTILE = [
    'Eve\r\nBcc: everyone@example.org',
    'Eve\nSubject: Free money\n\nbody',
    'Eve" <eve@evil.example>, "x',
    'eve@evil.example, mallory@evil.example',
    'Eve <eve@evil.example>',
    '=?utf-8?B?QmNjOiBldmVAZXZpbC5leGFtcGxl?=',
    'Eve;group:a@b.example,;',
    '\u202eEve',
    '<script>alert(1)</script>',
    "Robert'); DROP TABLE accounts;--",
  ];

  test.each(HOSTILE)('%j adds no header, no addressee and no tag', async (name) => {
    const plain = await sent(letterOf(MESSAGES.signInCode));
    const email = await sent(letterOf(MESSAGES.signInCode, { name, workspace: name }));
    expect(email.headers.map(({ key }) => key)).toEqual(plain.headers.map(({ key }) => key));
    expect(email.to).toHaveLength(1);
    expect(email.to?.[0]?.address).toBe('ada@example.org');
    expect([email.cc, email.bcc]).toEqual([undefined, undefined]);
    expect(email.html).not.toContain('<script');
    expect(sixDigitWords(email.text ?? '')).toEqual([CODE]);
  });
});

describe('S58 an address that the engine would not take', () => {
  test.each([
    '',
    'nobody',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    '"a@evil.example"@b.example',
    `${'a'.repeat(500)}@b.example`,
    '('.repeat(50_000),
  ])('is refused before anything is written', async (to) => {
    await expect(send(letterOf(MESSAGES.signInCode, { to }))).rejects.toMatchObject({
      trouble: { reason: 'recipientRejected', permanent: true },
    });
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });
});

test('R51 the same letter sent again, by another run too, is the same file with the same bytes', async () => {
  const letter = letterOf(MESSAGES.signInCode);
  await send(letter);
  const first = raw();
  await send(letter);
  await folderMail(folder).send(ID, letter, WRITTEN_AT);
  expect(readdirSync(folder)).toEqual([NAME]);
  expect(raw().equals(first)).toBe(true);
});

test('R51 a draft left by a crash is written anew and does not stay', async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `.${NAME}.draft`), 'half a let');
  await send(letterOf(MESSAGES.signInCode));
  expect(readdirSync(folder)).toEqual([NAME]);
  expect((await PostalMime.parse(raw())).text).toMatch(/^042917$/m);
});

test('letters are told apart by id when they are of the same moment', async () => {
  await Promise.all(['a1', 'b2', 'c3'].map((id) => send(letterOf(MESSAGES.signInCode), id)));
  expect(readdirSync(folder)).toHaveLength(3);
});

test.each(['../escape', 'a/b', '', 'a b', 'x'.repeat(65)])(
  'an id that makes no file name is refused: %j',
  async (id) => {
    await expect(send(letterOf(MESSAGES.signInCode), id)).rejects.toThrow('makes no file name');
  },
);

test('a folder that cannot be made fails the sending, so that it is tried again', async () => {
  const file = join(await freshFolder(), 'file');
  writeFileSync(file, '');
  await expect(folderMail(join(file, 'mail')).send(ID, letterOf(MESSAGES.signInCode), WRITTEN_AT)).rejects.toThrow();
});
