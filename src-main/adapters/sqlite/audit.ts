import { asc, desc, gt, type Placeholder, sql } from 'drizzle-orm';
import { chainEntry, GENESIS } from '../../domain/audit-chain.ts';
import type { AuditRows } from '../../ports/store.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { audit } from './schema-records.ts';

export function auditRows(db: Db): AuditRows {
  const newest = db
    .select({ sequence: audit.sequence, hash: audit.hash, at: audit.at })
    .from(audit)
    .orderBy(desc(audit.sequence))
    .prepare();
  const append = db.insert(audit).values(everyColumn(audit)).prepare();
  const limit: Placeholder = sql.placeholder('limit');
  const list = db
    .select()
    .from(audit)
    .where(gt(audit.sequence, slot('afterSequence')))
    .orderBy(asc(audit.sequence))
    .limit(limit)
    .prepare();

  return {
    async append(entry) {
      append.run({ ...chainEntry(newest.get() ?? GENESIS, entry) });
    },
    async list(afterSequence, limit) {
      return list.all({ afterSequence, limit });
    },
    async latestAt() {
      return newest.get()?.at ?? null;
    },
  };
}
