import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { adminRouter } from './admin.ts';
import { type ApiOptions, createContext } from './context.ts';
import { openRouter } from './open.ts';
import { selfRouter } from './self.ts';
import { createCallerFactory, router } from './trpc.ts';
import { helpDeskRouter } from './users.ts';

/** Audience = router (ARCHITECTURE 7). */
export const appRouter = router({ open: openRouter, self: selfRouter, admin: adminRouter, helpDesk: helpDeskRouter });

/** All that the renderer knows of the engine: this type. */
export type AppRouter = typeof appRouter;

/** Calls procedures without a transport, for tests and benchmarks. */
export const createCaller = createCallerFactory(appRouter);

/** The engine's API over web requests, mounted at `/api/trpc`. */
export function createApi(options: ApiOptions): (request: Request) => Promise<Response> {
  return (request) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router: appRouter,
      allowBatching: false, // a request is one call: none multiplies its cost
      createContext: ({ req, resHeaders }) => createContext(options, req, resHeaders),
    });
}
