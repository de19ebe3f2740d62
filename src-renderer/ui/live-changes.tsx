import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import type { Change } from '../../src-main/api/changes.ts';
import { api } from '../api.ts';

/** How often a screen asks by itself where the engine tells of changes: only in case word of one was lost. */
export const IN_CASE_MS = 60_000;

/** Listens for word from the engine and asks again for what it concerns. Every screen also works without it. */
export function LiveChanges() {
  const queries = useQueryClient();
  const onData = ({ topic }: Change) => void REFRESH[topic](queries);
  // A line that breaks is the first to know that the program behind it stopped: asking makes it known at once.
  const onConnectionStateChange = ({ error }: { error: unknown }) => {
    if (error) void queries.invalidateQueries(api.open.welcome.queryFilter());
  };
  useSubscription(api.open.changes.subscriptionOptions(undefined, { onData, onConnectionStateChange }));
  return null;
}

const everything = (queries: QueryClient) => queries.invalidateQueries();

const REFRESH: Readonly<Record<Change['topic'], (queries: QueryClient) => Promise<unknown>>> = {
  session: everything,
  delivery: everything,
  // A deadline stands on the screens of everybody, and beside each person in the list.
  policy: everything,
  // What somebody may do decides on the navigation, and on what each screen shows.
  roles: everything,
  // Told again and again while the work goes on.
  jobs: (queries) =>
    Promise.all([
      queries.invalidateQueries(api.admin.jobs.pathFilter()),
      queries.invalidateQueries(api.admin.users.importState.queryFilter()),
    ]),
};
