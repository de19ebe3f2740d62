import { router } from './trpc.ts';

/** What is done to other accounts (R20, R39, R40). */
export const usersRouter = router({});

/** Groups of accounts (R37). */
export const groupsRouter = router({});

/** What each role may (R40). */
export const rolesRouter = router({});

/** What the help desk does for people who cannot get in (R41, R42). */
export const helpDeskRouter = router({});
