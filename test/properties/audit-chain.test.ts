import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditEntry, AuditKind, ChainedEntry } from '../../src-main/domain/audit.ts';
import { chainEntry, GENESIS, verifyChain } from '../../src-main/domain/audit-chain.ts';

const kinds: readonly AuditKind[] = [
  'signedIn',
  'signedOut',
  'codeSent',
  'codeRejected',
  'twoStepEnabled',
  'nameChanged',
];
const id = fc.option(fc.string({ maxLength: 8 }), { nil: null });
const text = fc.string({ unit: 'binary', maxLength: 12 });
const entry: fc.Arbitrary<AuditEntry> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(),
  actorId: id,
  targetId: id,
  surface: fc.constantFrom('desktop' as const, 'web' as const, 'mobile' as const, 'federated' as const),
  address: text,
  detail: fc.record({ reason: text, before: text, after: text, count: fc.nat() }, { requiredKeys: [] }),
});
const chain = fc.array(entry, { minLength: 3, maxLength: 25 }).map((entries) => {
  const chained: ChainedEntry[] = [];
  for (const one of entries) chained.push(chainEntry(chained.at(-1) ?? GENESIS, one));
  return chained;
});

test('S77 a chain as it was written is whole, whatever its entries say and from wherever it is read', () => {
  fc.assert(
    fc.property(chain, fc.nat(), (entries, from) => {
      expect(verifyChain(entries)).toBeNull();
      const start = from % entries.length;
      expect(verifyChain(entries.slice(start + 1), entries[start])).toBeNull();
    }),
  );
});

test('S77 an edit of any field is located at the entry that was edited', () => {
  const edits = fc.oneof(
    fc.record({ at: fc.nat() }),
    fc.record({ kind: fc.constantFrom(...kinds) }),
    fc.record({ actorId: id }),
    fc.record({ targetId: id }),
    fc.record({ address: text }),
    fc.record({ detail: fc.record({ reason: text }) }),
    fc.record({ sequence: fc.nat() }),
    fc.record({
      hash: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: 64, maxLength: 64 }),
    }),
    fc.record({ previousHash: fc.constant('0'.repeat(63)) }),
  );
  fc.assert(
    fc.property(chain, fc.nat(), edits, (entries, where, edit) => {
      const place = where % entries.length;
      const edited = entries.map((one, index): ChainedEntry => (index === place ? { ...one, ...edit } : one));
      fc.pre(JSON.stringify(edited[place]) !== JSON.stringify(entries[place]));
      expect(verifyChain(edited)).toBe(place + 1);
    }),
    { numRuns: 500 },
  );
});

test('S77 an entry that was dropped from the middle is located; one cut off the end is not, and that is said so', () => {
  fc.assert(
    fc.property(chain, fc.nat(), (entries, where) => {
      const place = where % (entries.length - 1);
      expect(verifyChain(entries.filter((_, index) => index !== place))).toBe(place + 1);
      expect(verifyChain(entries.slice(0, -1))).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test('S77 two entries that changed places are located at the first of them', () => {
  fc.assert(
    fc.property(chain, fc.nat(), fc.nat(), (entries, one, two) => {
      const [first, second] = [one % entries.length, two % entries.length].sort((a, b) => a - b) as [number, number];
      fc.pre(first !== second);
      const moved = entries.map(
        (held, index) => entries[index === first ? second : index === second ? first : index] ?? held,
      );
      expect(verifyChain(moved)).toBe(first + 1);
    }),
    { numRuns: 500 },
  );
});

test('S77 a forger who re-hashes an edited entry, or slips one in, breaks the chain at the next', () => {
  fc.assert(
    fc.property(chain, fc.nat(), entry, (entries, where, forged) => {
      const place = where % (entries.length - 1);
      const replaced = chainEntry(entries[place - 1] ?? GENESIS, forged);
      fc.pre(replaced.hash !== entries[place]?.hash);
      expect(verifyChain([...entries.slice(0, place), replaced, ...entries.slice(place + 1)])).toBe(place + 2);
      expect(verifyChain([...entries.slice(0, place), replaced, ...entries.slice(place)])).toBe(place + 2);
    }),
    { numRuns: 500 },
  );
});
