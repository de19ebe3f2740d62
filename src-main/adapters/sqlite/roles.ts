import { eq } from 'drizzle-orm';
import { DEFAULT_ROLES, type RoleMatrix } from '../../domain/role.ts';
import type { RoleRows } from '../../ports/store-policy.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { roles } from './schema-workspace.ts';
import type { Seals } from './seals.ts';

export function roleRows(db: Db, seals: Seals): RoleRows {
  const all = db.select().from(roles).prepare();
  const remove = db
    .delete(roles)
    .where(eq(roles.role, slot('role')))
    .prepare();
  const add = db.insert(roles).values(everyColumn(roles)).prepare();

  return {
    async matrix() {
      const edited = all.all().map((row) => seals.checked(roles, row, { role: row.role }));
      const changes = edited.map(({ role, permissions }) => [role, { ...DEFAULT_ROLES[role], ...permissions }]);
      return { ...DEFAULT_ROLES, ...(Object.fromEntries(changes) as Partial<RoleMatrix>) };
    },
    async put(role, permissions, at) {
      remove.run({ role });
      add.run({ role, permissions, updatedAt: at });
    },
  };
}
