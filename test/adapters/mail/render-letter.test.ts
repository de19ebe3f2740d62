import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import en from '../../../resources/messages/en.json' with { type: 'json' };
import { renderLetter } from '../../../src-main/adapters/mail/render-letter.ts';
import type { Message } from '../../../src-main/domain/message.ts';
import { CODE, letterOf, MESSAGES, sixDigitWords, WRITTEN_AT } from '../../support/letters.ts';

const all: Message[] = Object.values(MESSAGES);
const render = (message: Message, change = {}) => renderLetter(letterOf(message, change), WRITTEN_AT);

test('a sign-in code in text: who, where, the code alone, how long, and what to do if it was not you', () => {
  expect(render(MESSAGES.signInCode).text).toBe(
    [
      'Hello Ada Byron,',
      'Your password was accepted. To finish signing in to Harbour & Pine, type this code:',
      '042917',
      'The code works once, for 5 minutes (until 22 November 2026, 12:35 UTC).',
      'Was it not you? Then someone else knows your password. Give this code to nobody, sign in and change your password, and tell your administrator.',
      'Vestibule\nYou get this message because this address was given for an account in the workspace Harbour & Pine. It was sent automatically; replies are not read.\n',
    ].join('\n\n'),
  );
});

describe.each(all.map((message) => [message.kind, message] as const))('%s', (kind, message) => {
  const { subject, text, html } = render(message);

  test('R15 its code, if it carries one, stands alone on a line and is the only six digits of the text', () => {
    const codes = 'code' in message ? [CODE] : [];
    expect(sixDigitWords(text)).toEqual(codes);
    expect(text.split('\n').filter((line) => /\d{6}/.test(line))).toEqual(codes);
    expect(sixDigitWords(html)).toEqual(codes);
  });

  test('says what it is, whose, why it came and what to do if it was not you; no placeholder is left', () => {
    for (const form of [text, html]) {
      expect(form).toMatch(/Hello Ada Byron,/);
      expect(form).toMatch(/Harbour &(amp;)? Pine/);
      expect(form).toContain('Was it not you?');
      expect(form).toContain('You get this message because');
      expect(form).toContain('Vestibule');
    }
    expect(`${subject}${text}${html.replace(/<style>.*<\/style>/s, '')}`).not.toMatch(/[{}]|undefined|null/);
    expect(subject).not.toContain(CODE);
    expect(html).toContain(en.messages[kind].preheader);
  });

  test('loads nothing from elsewhere and runs nothing', () => {
    expect(html).not.toMatch(/<script|<img|<link|<form|https?:|url\(|\son\w+=/i);
  });
});

test('R4 R45 a used recovery code tells how many are left, in words that fit the number', () => {
  const left = (count: number) => render({ ...MESSAGES.recoveryCodeUsed, left: count }).text;
  expect(left(3)).toContain('You have 3 recovery codes left.');
  expect(left(1)).toContain('You have 1 recovery code left.');
  expect(left(0)).toContain('You have 0 recovery codes left.');
});

test('times are written out with their zone', () => {
  expect(render(MESSAGES.twoStepDisabled).text).toContain(
    'When: 22 November 2026, 12:30 UTC\nDevice: Chromium on Linux',
  );
  expect(render(MESSAGES.accountLocked).text).toContain('Paused until: 22 November 2026, 12:45 UTC');
});

test('a minute left is one minute', () => {
  const message = { ...MESSAGES.signInCode, expiresAt: WRITTEN_AT + 61_000 };
  expect(render(message).text).toContain('for 1 minute (');
});

const HOSTILE = {
  HTML: '<img src=x onerror=alert(1)><b>Eve</b>',
  attribute: `"'><script>alert(1)</script>`,
  entity: '&lt;b&gt; &#60;i&#62;',
  SQL: "Robert'); DROP TABLE accounts;--",
  'a header': 'Eve\r\nBcc: everyone@example.org\r\n\r\nHello',
  bidi: 'Eve \u202egro.live\u202c \u2066x\u2069',
  placeholder: '{workspace} {code} {left} $& $1',
  'a code': '987654',
  'a code in Arabic digits': '\u0669\u0668\u0667\u0666\u0665\u0664',
  'lone surrogate': 'Eve \ud800!',
  endless: 'E'.repeat(100_000),
};

describe.each(Object.entries(HOSTILE))('S56 a name with %s', (_kind, hostile) => {
  const { subject, text, html } = render({ ...MESSAGES.signInCode }, { name: hostile, workspace: hostile });
  const told = render({ ...MESSAGES.passwordChanged, client: hostile });

  test('is inert in subject, text and HTML', () => {
    expect(subject).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    for (const form of [text, told.text]) expect(form).not.toMatch(/\r|[\u202a-\u202e\u2066-\u2069]|^Bcc:/mu);
    for (const form of [html, told.html]) expect(form).not.toMatch(/<img|<b>|<script|<i>/);
    expect(Math.max(subject.length, text.length)).toBeLessThan(2_000);
  });

  test('leaves the code the only six digits', () => {
    expect([sixDigitWords(text), sixDigitWords(told.text)]).toEqual([[CODE], []]);
    expect(text.match(/\p{Nd}{6}/gu)).toEqual([CODE]);
  });
});

test('S56 whatever name, workspace and client are, the code is the only six digits and no tag appears', () => {
  const digits = fc.stringMatching(/^[0-9 _-]{0,14}$/);
  const words = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    digits,
    fc.constantFrom(...Object.values(HOSTILE)),
  );
  const plain = render(MESSAGES.signInCode).html.match(/<[a-z!/]/g)?.length;
  fc.assert(
    fc.property(words, words, (name, workspace) => {
      const { text, html } = render(MESSAGES.signInCode, { name, workspace });
      expect(sixDigitWords(text)).toEqual([CODE]);
      expect(html.match(/<[a-z!/]/g)?.length).toBe(plain);
    }),
  );
});
