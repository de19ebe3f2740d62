import { desc, eq } from 'drizzle-orm';
import type { WorkspaceRows } from '../../ports/store.ts';
import { type Db, everyColumn } from './database.ts';
import { policies, workspace } from './schema.ts';
import type { Seals } from './seals.ts';

const ONLY = 1;

/** Rules that a policy written by an older Vestibule does not have. */
const NEWER_RULES = { phishingResistant: 'off' } as const;

export function workspaceRows(db: Db, seals: Seals): WorkspaceRows {
  const find = db.select().from(workspace).where(eq(workspace.id, ONLY)).prepare();
  const create = db.insert(workspace).values(everyColumn(workspace)).onConflictDoNothing().prepare();
  const addPolicy = db.insert(policies).values(everyColumn(policies)).prepare();
  const newestPolicy = db.select().from(policies).orderBy(desc(policies.version)).prepare();

  return {
    async find() {
      const row = find.get();
      if (row === undefined) return null;
      const { id: _, ...found } = seals.checked(workspace, row, { id: ONLY });
      return found;
    },
    async create(created, policy) {
      if (create.run({ id: ONLY, ...created }).changes === 0) return false;
      addPolicy.run({ version: 1, policy, createdAt: created.createdAt, requiredSince: null });
      return true;
    },
    async policy() {
      const newest = newestPolicy.get();
      if (newest === undefined) throw new Error('There is no policy: the workspace has not been set up.');
      const { version, policy, requiredSince } = seals.checked(policies, newest, {});
      return { version, policy: { ...NEWER_RULES, ...policy }, requiredSince };
    },
    async changePolicy(policy, requiredSince, at) {
      const version = (newestPolicy.get()?.version ?? 0) + 1;
      addPolicy.run({ version, policy, requiredSince, createdAt: at });
      return { version, policy, requiredSince };
    },
  };
}
