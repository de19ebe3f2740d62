import { expect, test } from 'vitest';
import { PASSWORD_MAX, PASSWORD_MIN, whyUnfit } from '../../src-main/domain/password.ts';

const CONTEXT = {
  personal: ['ada@example.org', 'Ada Byron', 'Example Works'],
  isCommon: (password: string) => password.toLowerCase() === 'password123',
};

test('R19 the numbers: 8 to 256 characters', () => {
  expect([PASSWORD_MIN, PASSWORD_MAX]).toEqual([8, 256]);
});

test.each([
  ['seven letters', 'sevench', 'short'],
  ['eight letters', 'eightch!', null],
  ['eight emoji, one character each', '🔑'.repeat(8), null],
  ['seven emoji, although they are fourteen code units', '🔑'.repeat(7), 'short'],
  ['seven letters whose accents are written apart', 'é'.normalize('NFD').repeat(7), 'short'],
  ['eight letters whose accents are written apart', 'é'.normalize('NFD').repeat(8), null],
  ['64 characters', 'a1 b2 c3'.repeat(8), null],
  ['256 characters', 'ab'.repeat(128), null],
  ['257 characters', `${'ab'.repeat(128)}c`, 'long'],
  ['256 emoji', '🔑'.repeat(256), null],
  ['a megabyte', 'x'.repeat(1_000_000), 'long'],
  ['a common one', 'password123', 'common'],
  ['a common one in capitals', 'PASSWORD123', 'common'],
  ['the address', 'ada@example.org', 'personal'],
  ['the address in capitals', 'ADA@EXAMPLE.ORG', 'personal'],
  ['the name', 'ada byron', 'personal'],
  ['the workspace', 'EXAMPLE WORKS', 'personal'],
  ['the name with more to it', 'ada byron 1815', null],
  ['letters only, since composition is not ruled', 'correct horse', null],
  ['spaces only', ' '.repeat(8), null],
  ['nothing', '', 'short'],
])('R19 %s', (_, password, reason) => {
  expect(whyUnfit(password, CONTEXT)).toBe(reason);
});

test('R19 the blocklist is asked about the composed form', () => {
  const asked: string[] = [];
  const isCommon = (password: string) => asked.push(password) > 0;
  expect(whyUnfit('cafés noirs'.normalize('NFD'), { personal: [], isCommon })).toBe('common');
  expect(asked).toEqual(['cafés noirs'.normalize('NFC')]);
});
