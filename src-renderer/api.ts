import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import type { TRPCClientErrorLike } from '@trpc/client';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '../src-main/api/router.ts';
import { failureOf } from './explain.ts';
import { hostAnswered, hostFellSilent, isSilence } from './host-presence.ts';

/** What the procedures answer, by path. */
export type Answers = inferRouterOutputs<AppRouter>;
/** A refusal, a bug or a line that broke, as every query and mutation hands it over. */
export type ApiError = TRPCClientErrorLike<AppRouter>;
/** Where a code stands that was sent. */
export type SentCode = Answers['open']['signIn']['sendCode'];

const url = '/api/trpc';
/** For work of many calls, such as an export page by page; everything else goes through `api`. */
export const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpLink({ url }),
    }),
  ],
});

/** A session that ended elsewhere shows itself as a refusal: the welcome then says where the person stands. */
function notice(error: Error) {
  if (isSilence(error)) hostFellSilent();
  const code = failureOf(error)?.code;
  if (code === 'notSignedIn' || code === 'signInExpired')
    void queryClient.invalidateQueries(api.open.welcome.queryFilter());
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: notice, onSuccess: hostAnswered }),
  mutationCache: new MutationCache({ onError: notice, onSuccess: hostAnswered }),
  defaultOptions: {
    // The engine is on this computer: being offline does not matter, and a refusal repeated is the same refusal.
    queries: {
      networkMode: 'always',
      staleTime: 2_000,
      retry: (count, error) => !failureOf(error) && !isSilence(error) && count < 1,
    },
    // Passwords and codes are among the inputs and answers: none outlives its dialog (S80).
    mutations: { networkMode: 'always', retry: false, gcTime: 0 },
  },
});

/** Every procedure as query, mutation and subscription options. */
export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
