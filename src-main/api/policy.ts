import { router } from './trpc.ts';

/** The workspace's policy (R23–R34, R36, R38). */
export const policyRouter = router({});

/** Long work, its progress and its Cancel. */
export const jobsRouter = router({});

/** Exceptions from enforcement (R37). */
export const exceptionsRouter = router({});
