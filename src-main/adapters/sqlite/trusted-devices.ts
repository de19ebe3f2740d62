import { and, eq } from 'drizzle-orm';
import type { TrustedDeviceRows } from '../../ports/store-policy.ts';
import { type Db, everyColumn, slot } from './database.ts';
import { trustedDevices } from './schema-sign-in.ts';
import type { Seals } from './seals.ts';

export function trustedDeviceRows(db: Db, seals: Seals): TrustedDeviceRows {
  const byId = eq(trustedDevices.id, slot('id'));
  const ofAccount = eq(trustedDevices.accountId, slot('accountId'));
  const add = db.insert(trustedDevices).values(everyColumn(trustedDevices)).prepare();
  const find = db.select().from(trustedDevices).where(byId).prepare();
  const rotate = db
    .update(trustedDevices)
    .set({ secretHash: slot('to'), lastUsedAt: slot('at') })
    .where(and(byId, eq(trustedDevices.secretHash, slot('from'))))
    .prepare();
  const listFor = db.select().from(trustedDevices).where(ofAccount).prepare();
  const remove = db.delete(trustedDevices).where(byId).prepare();
  const removeAllFor = db.delete(trustedDevices).where(ofAccount).prepare();

  return {
    async add(device) {
      add.run({ ...device });
    },
    async find(id) {
      const row = find.get({ id });
      return row ? seals.checked(trustedDevices, row, { id }) : null;
    },
    async rotate(id, from, to, at) {
      return rotate.run({ id, from, to, at }).changes === 1;
    },
    async listFor(accountId) {
      return listFor
        .all({ accountId })
        .map((row) => seals.checked(trustedDevices, row, { accountId }))
        .sort((a, b) => b.lastUsedAt - a.lastUsedAt);
    },
    async remove(id) {
      return remove.run({ id }).changes === 1;
    },
    async removeAllFor(accountId) {
      return removeAllFor.run({ accountId }).changes;
    },
  };
}
