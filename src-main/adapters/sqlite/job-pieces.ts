import { and, eq, type Placeholder, sql } from 'drizzle-orm';
import type { JobPieceRows } from '../../ports/store-policy.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { jobPieces } from './schema-workspace.ts';
import type { Seals } from './seals.ts';

export function jobPieceRows(db: Db, seals: Seals): JobPieceRows {
  const ofJob = eq(jobPieces.jobId, slot('jobId'));
  const one = and(ofJob, eq(jobPieces.number, slot('number')));
  const add = db.insert(jobPieces).values(everyColumn(jobPieces)).prepare();
  const find = db.select().from(jobPieces).where(one).prepare();
  const remove = db.delete(jobPieces).where(one).prepare();
  const limit: Placeholder = sql.placeholder('limit');
  const some = db.select({ number: jobPieces.number }).from(jobPieces).where(ofJob).limit(limit).prepare();

  return {
    async add(piece) {
      add.run({ ...piece });
    },
    async find(jobId, number) {
      const row = find.get({ jobId, number });
      return row ? seals.checked(jobPieces, row, { jobId, number }) : null;
    },
    async remove(jobId, number) {
      remove.run({ jobId, number });
    },
    async drop(jobId, limit) {
      const found = some.all({ jobId, limit });
      for (const { number } of found) remove.run({ jobId, number });
      return found.length;
    },
  };
}
