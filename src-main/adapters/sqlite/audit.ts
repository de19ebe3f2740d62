import { and, asc, desc, eq, gt, inArray, type Placeholder, sql } from 'drizzle-orm';
import { type ChainLink, chainEntry, GENESIS } from '../../domain/audit-chain.ts';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { AuditRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { audit } from './schema-records.ts';

/** What is asked by kind is looked for among so many entries: there is no index of kinds, and this must not take long. */
const RECENT = 20_000;

/** @param appended told of each entry, committed or not */
export function auditRows(db: Db, appended: (entry: ChainLink) => void = () => {}): AuditRows {
  const newest = db.select().from(audit).orderBy(desc(audit.sequence)).prepare();
  const append = db.insert(audit).values(everyColumn(audit)).prepare();
  const limit: Placeholder = sql.placeholder('limit');
  const list = db
    .select()
    .from(audit)
    .where(gt(audit.sequence, slot('afterSequence')))
    .orderBy(asc(audit.sequence))
    .limit(limit)
    .prepare();

  const isRecent = sql`${audit.sequence} > (select max(${audit.sequence}) - ${sql.raw(String(RECENT))} from ${audit})`;
  const lastRequest = db
    .select({ at: audit.at })
    .from(audit)
    .where(and(isRecent, eq(audit.kind, 'smsRequested')))
    .orderBy(desc(audit.sequence))
    .prepare();

  return {
    async append(entry) {
      const chained = chainEntry(newest.get() ?? GENESIS, entry);
      append.run({ ...chained });
      appended(chained);
    },
    async list(afterSequence, limit) {
      return list.all({ afterSequence, limit });
    },
    async latestOf(kinds) {
      return (
        db
          .select()
          .from(audit)
          .where(inArray(audit.kind, [...kinds]))
          .orderBy(desc(audit.sequence))
          .limit(1)
          .get() ?? null
      );
    },
    async latestAt() {
      const entry = newest.get();
      if (entry === undefined) return null;
      const previous = { sequence: entry.sequence - 1, hash: entry.previousHash };
      if (chainEntry(previous, entry).hash !== entry.hash) throw new DamagedData('audit'); // no clock is set by it
      return entry.at;
    },
    async smsRequestedAt() {
      return lastRequest.get()?.at ?? null;
    },
  };
}
