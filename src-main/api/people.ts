import { router } from './trpc.ts';

/** The users' list: search, filters, sorting, pages, counts and export (R39). */
export const peopleRouter = router({});
