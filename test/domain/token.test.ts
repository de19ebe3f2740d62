import { expect, test } from 'vitest';
import { hashToken, isToken } from '../../src-main/domain/token.ts';

test.each([
  // FIPS 180-2, appendix B.1 and B.2, and the well-known hash of nothing.
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('S70 the token %j is stored as its SHA-256', (token, hash) => {
  expect(hashToken(token)).toBe(hash);
});

test.each([
  ['43 letters, digits, _ and -', `${'Aa0_-'.repeat(8)}xyz`, true],
  ['42', 'A'.repeat(42), false],
  ['44', 'A'.repeat(44), false],
  ['padding', `${'A'.repeat(42)}=`, false],
  ['plain base64', `${'A'.repeat(42)}+`, false],
  ['a line break after it', `${'A'.repeat(43)}\n`, false],
  ['a quote', `${'A'.repeat(42)}'`, false],
  ['nothing', '', false],
  ['null', null, false],
])('S16 a token of the shape of %s is worth a look: %s %o', (_, input, shaped) => {
  expect(isToken(input)).toBe(shaped);
});
