import common from '@zxcvbn-ts/language-common/src/passwords.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { commonPasswords } from '../../src-main/adapters/blocklist.ts';

const blocklist = commonPasswords();

test('holds well over 3,000 passwords that are long enough to be tried, all in the form that is looked up', () => {
  expect(common.filter((password) => password.length >= 8).length).toBeGreaterThan(3_000);
  expect(common.filter((password) => password !== password.normalize('NFC').toLowerCase())).toEqual([]);
  expect(common.every((password) => blocklist.has(password))).toBe(true);
});

test.each(['password', 'PassWord', 'QWERTYUIOP', 'trustno1', 'Football'])('%s is common', (password) => {
  expect(blocklist.has(password)).toBe(true);
});

test.each(['', 'correct horse battery', 'pässwörd-nobody-has', 'constructor', '__proto__'])('%j is not', (password) => {
  expect(blocklist.has(password)).toBe(false);
});
