import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacUnder } from '../../../src-main/adapters/vault/hmac.ts';

test('HMAC-SHA-256 is as RFC 4231 has it (test case 2)', () => {
  const mac = Buffer.from(hmacUnder(Buffer.from('Jefe'))('what do ya want for nothing?'), 'base64url');
  expect(mac.toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});

test('it is what Node makes of any key and text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: 'grapheme' }), (key, text) => {
      expect(hmacUnder(key)(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
    }),
  );
  expect(() => hmacUnder(new Uint8Array(65))).toThrow('longer');
});
