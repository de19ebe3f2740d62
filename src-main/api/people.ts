import { z } from 'zod';
import { exportPage } from '../use-cases/users/export-people.ts';
import { countPeople, listPeople, totalPeople } from '../use-cases/users/list-people.ts';
import { id, nothing } from './inputs.ts';
import { permitted, router } from './trpc.ts';

const cursor = z.string().min(1).max(4_000).nullable();

const filter = z.strictObject({
  search: z.string().max(100, 'That is too long.'),
  status: z.enum(['active', 'off', 'overdue', 'invited', 'locked', 'suspended', 'noPhone']).nullable(),
  role: z.enum(['owner', 'admin', 'manager', 'helpDesk', 'member']).nullable(),
  groupId: id.nullable(),
});

const listing = z.strictObject({
  ...filter.shape,
  sort: z.enum(['name', 'email', 'lastSignIn', 'created']),
  direction: z.enum(['asc', 'desc']),
  cursor,
});

const exporting = z.strictObject({ ...filter.shape, cursor });

const view = permitted(['users', 'view']);

/** The users' list: search, filters, sorting, pages, counts and export (R39). */
export const peopleRouter = router({
  list: view.input(listing).query(({ ctx: { deps }, input: { sort, direction, cursor, ...filter } }) => {
    return listPeople(deps, filter, { sort, direction }, cursor);
  }),
  count: view.input(filter).query(async ({ ctx: { deps }, input }) => ({ total: await countPeople(deps, input) })),
  totals: view.input(nothing).query(({ ctx: { deps } }) => totalPeople(deps)),
  /** One piece of the CSV, so that whoever saves it shows how far it is and can stop between two. */
  exportPage: view.input(exporting).query(({ ctx: { deps, actor }, input: { cursor, ...filter } }) => {
    return exportPage(deps, actor, filter, cursor);
  }),
});
