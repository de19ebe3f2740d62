import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvelopeRejected, open, seal, splitKey } from '../../../src-main/adapters/vault/envelope.ts';
import type { Place } from '../../../src-main/ports/vault.ts';

const KEY = new Uint8Array(32).fill(1);
const NONCE = new Uint8Array(12).fill(2);
const PLACE: Place = { table: 'outbox', column: 'sealed', row: 'r1', account: 'a1' };
const PLAIN = new TextEncoder().encode('Type 042917');

const keyOf = (kid: string) => (kid === 'k1' ? KEY : undefined);
const sealed = (plain = PLAIN, place = PLACE) => seal(plain, { kid: 'k1', key: KEY, nonce: NONCE, place });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(':', '%', '3', 'A', '2', '5', 'x') }));
const place: fc.Arbitrary<Place> = fc.record({ table: text, column: text, row: text, account: text });

test('an envelope is v|alg|kid|nonce|ciphertext|tag, with a 96-bit nonce and a 128-bit tag', () => {
  const [version, algorithm, kid, nonce, ciphertext, tag, ...more] = sealed().split('|');
  expect([version, algorithm, kid, more]).toEqual(['1', 'A256GCM', 'k1', []]);
  const lengths = [nonce, ciphertext, tag].map((part = '') => Buffer.from(part, 'base64url').length);
  expect(lengths).toEqual([12, PLAIN.length, 16]);
});

test('whatever is sealed opens at its place, under its key', () => {
  fc.assert(
    fc.property(fc.uint8Array(), place, bytes(32), bytes(12), (plain, at, key, nonce) => {
      const envelope = seal(plain, { kid: 'k', key, nonce, place: at });
      expect(new Uint8Array(open(envelope, at, () => key))).toEqual(plain);
    }),
  );
});

describe('S70 a value that was touched does not open', () => {
  test('moved to any other place', () => {
    fc.assert(
      fc.property(place, place, (from, to) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        const envelope = seal(PLAIN, { kid: 'k1', key: KEY, nonce: NONCE, place: from });
        expect(() => open(envelope, to, keyOf)).toThrow(EnvelopeRejected);
      }),
    );
  });

  test('moved where only the separators fall differently', () => {
    const pairs: [Place, Place][] = [
      [
        { ...PLACE, row: 'a:b', account: 'c' },
        { ...PLACE, row: 'a', account: 'b:c' },
      ],
      [
        { ...PLACE, row: 'a%3Ab', account: '' },
        { ...PLACE, row: 'a:b', account: '' },
      ],
    ];
    for (const [from, to] of pairs) expect(() => open(sealed(PLAIN, from), to, keyOf)).toThrow(EnvelopeRejected);
  });

  test('with any character changed, dropped or added', () => {
    const envelope = sealed();
    const character = fc.constantFrom(...'|ABab01-_+/= é\0');
    const edit = fc.record({
      at: fc.nat({ max: envelope.length }),
      drop: fc.nat({ max: 2 }),
      put: fc.array(character),
    });
    fc.assert(
      fc.property(edit, ({ at, drop, put }) => {
        const altered = envelope.slice(0, at) + put.join('') + envelope.slice(at + drop);
        fc.pre(altered !== envelope);
        expect(() => open(altered, PLACE, keyOf)).toThrow(EnvelopeRejected);
      }),
      { numRuns: 2_000 },
    );
  });

  test('with each single character changed to its neighbour', () => {
    const envelope = sealed();
    for (let at = 0; at < envelope.length; at += 1) {
      const altered = envelope.slice(0, at) + String.fromCharCode(envelope.charCodeAt(at) ^ 1) + envelope.slice(at + 1);
      expect(() => open(altered, PLACE, keyOf)).toThrow(EnvelopeRejected);
    }
  });

  test('under another key, or one that is not there', () => {
    expect(() => open(sealed(), PLACE, () => new Uint8Array(32))).toThrow(EnvelopeRejected);
    expect(() => open(sealed(), PLACE, () => undefined)).toThrow(EnvelopeRejected);
  });

  test('anything else at all', () => {
    fc.assert(
      fc.property(fc.string(), (junk) => {
        expect(() => open(junk, PLACE, keyOf)).toThrow(EnvelopeRejected);
      }),
    );
  });
});

test('an envelope shows nothing of what it holds', () => {
  expect(sealed()).not.toContain('042917');
  expect(Buffer.from(sealed().split('|')[4] ?? '', 'base64url').toString()).not.toContain('042917');
});

test('a data key splits into five that differ, the same ones each time (RFC 5869)', () => {
  const split = splitKey(KEY);
  const keys = Object.values(split).map((key: Uint8Array) => Buffer.from(key).toString('hex'));
  expect(new Set(keys).size).toBe(5);
  expect(keys.every((key) => key.length === 64)).toBe(true);
  expect(splitKey(KEY)).toEqual(split);
  expect(splitKey(NONCE)).not.toEqual(split);
});
