import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AuditEntry, ChainedEntry } from './audit.ts';

/** What the next entry of a chain is tied to. */
export type ChainLink = Pick<ChainedEntry, 'sequence' | 'hash'>;

/** Before the first entry. */
export const GENESIS: ChainLink = { sequence: 0, hash: '0'.repeat(64) };

/** Puts an entry in its place after `previous`: `hash = SHA-256(previous hash ‖ canonical entry)`, lower-case hex (SECURITY 5). */
export function chainEntry(previous: ChainLink, entry: AuditEntry): ChainedEntry {
  const { kind, at, actorId, targetId, surface, address, detail } = entry;
  const placed = { sequence: previous.sequence + 1, kind, at, actorId, targetId, surface, address, detail };
  const hash = bytesToHex(sha256(utf8ToBytes(previous.hash + canonicalJson(placed))));
  return { ...placed, previousHash: previous.hash, hash };
}

/**
 * The sequence number at which a chain first breaks, null when it is whole (S77). `entries` follow `start`, in order.
 * An altered, missing, added or moved entry is found; entries cut off the end are not: that takes an anchor elsewhere.
 */
export function verifyChain(entries: readonly ChainedEntry[], start: ChainLink = GENESIS): number | null {
  let previous = start;
  for (const entry of entries) {
    const expected = chainEntry(previous, entry);
    const fits =
      entry.sequence === expected.sequence &&
      entry.previousHash === expected.previousHash &&
      entry.hash === expected.hash;
    if (!fits) return expected.sequence;
    previous = entry;
  }
  return null;
}

/** JSON with one spelling: keys in code-unit order, nothing undefined, no spaces. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sortedByKey(part) : part));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedByKey(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
