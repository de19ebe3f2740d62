import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditEntry, ChainedEntry } from '../../src-main/domain/audit.ts';
import { canonicalJson, chainEntry, GENESIS, verifyChain } from '../../src-main/domain/audit-chain.ts';

const ENTRY: AuditEntry = {
  kind: 'codeRejected',
  at: 1_767_225_600_000,
  actorId: null,
  targetId: 'ada',
  surface: 'desktop',
  address: '192.0.2.7',
  detail: { reason: 'wrong', purpose: 'signIn', count: 2 },
};

function chainOf(length: number): ChainedEntry[] {
  const chain: ChainedEntry[] = [];
  for (let index = 0; index < length; index += 1) {
    chain.push(chainEntry(chain.at(-1) ?? GENESIS, { ...ENTRY, at: ENTRY.at + index }));
  }
  return chain;
}

test('an entry’s hash is the SHA-256 of the previous hash followed by its JSON with sorted keys', () => {
  const written =
    '{"actorId":null,"address":"192.0.2.7","at":1767225600000,' +
    '"detail":{"count":2,"purpose":"signIn","reason":"wrong"},' +
    '"kind":"codeRejected","sequence":1,"surface":"desktop","targetId":"ada"}';
  const hash = createHash('sha256')
    .update(`${'0'.repeat(64)}${written}`)
    .digest('hex');
  expect(chainEntry(GENESIS, ENTRY)).toEqual({ ...ENTRY, sequence: 1, previousHash: '0'.repeat(64), hash });
});

test('S77 a whole chain verifies, from its start and from any link of it', () => {
  const chain = chainOf(6);
  expect(verifyChain([])).toBe(null);
  expect(verifyChain(chain)).toBe(null);
  expect(verifyChain(chain.slice(4), chain[3])).toBe(null);
});

test('S77 an edit of any field of any entry is located', () => {
  const edits: Partial<ChainedEntry>[] = [
    { kind: 'signedIn' },
    { at: 0 },
    { actorId: 'eve' },
    { targetId: null },
    { surface: 'web' },
    { address: '198.51.100.1' },
    { detail: {} },
    { detail: { ...ENTRY.detail, after: 'more' } },
    { sequence: 9 },
    { previousHash: 'f'.repeat(64) },
    { hash: 'f'.repeat(64) },
  ];
  for (const edit of edits) {
    for (const at of [0, 2, 4]) {
      const edited = chainOf(5).map((entry, index) => (index === at ? { ...entry, ...edit } : entry));
      expect([edit, verifyChain(edited)]).toEqual([edit, at + 1]);
    }
  }
});

test('S77 a removed, repeated or moved entry is located', () => {
  const [one, two, three, four] = chainOf(4) as [ChainedEntry, ChainedEntry, ChainedEntry, ChainedEntry];
  expect(verifyChain([two, three, four])).toBe(1);
  expect(verifyChain([one, two, four])).toBe(3);
  expect(verifyChain([one, two, two, three])).toBe(3);
  expect(verifyChain([one, three, two, four])).toBe(2);
});

test('S77 an entry re-hashed after an edit breaks the chain at the one after it', () => {
  const chain = chainOf(4);
  const forged = chainEntry(chain[0] ?? GENESIS, { ...ENTRY, actorId: 'eve' });
  expect(verifyChain([...chain.slice(0, 1), forged, ...chain.slice(2)])).toBe(3);
});

test('canonical JSON has one spelling whatever the order of keys, and is JSON', () => {
  const shuffled = fc.jsonValue().map((value) => [value, reversed(value)]);
  fc.assert(
    fc.property(shuffled, ([value, turned]) => {
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => [key, reversed(part)]);
  return Object.fromEntries(entries.reverse());
}
