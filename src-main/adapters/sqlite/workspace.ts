import { desc, eq } from 'drizzle-orm';
import type { WorkspaceRows } from '../../ports/store.ts';
import { type Db, everyColumn } from './database.ts';
import { policies, workspace } from './schema.ts';

const ONLY = 1;

export function workspaceRows(db: Db): WorkspaceRows {
  const find = db
    .select({ name: workspace.name, template: workspace.template, createdAt: workspace.createdAt })
    .from(workspace)
    .where(eq(workspace.id, ONLY))
    .prepare();
  const create = db.insert(workspace).values(everyColumn(workspace)).onConflictDoNothing().prepare();
  const addPolicy = db.insert(policies).values(everyColumn(policies)).prepare();
  const newestPolicy = db
    .select({ version: policies.version, policy: policies.policy })
    .from(policies)
    .orderBy(desc(policies.version))
    .prepare();

  return {
    async find() {
      return find.get() ?? null;
    },
    async create(created, policy) {
      if (create.run({ id: ONLY, ...created }).changes === 0) return false;
      addPolicy.run({ version: 1, policy, createdAt: created.createdAt });
      return true;
    },
    async policy() {
      const newest = newestPolicy.get();
      if (newest === undefined) throw new Error('There is no policy: the workspace has not been set up.');
      return newest;
    },
  };
}
