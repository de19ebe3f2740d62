import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { api } from '../api.ts';

/** Listens for word from the engine and asks again for what it concerns. Every screen also works without it. */
export function LiveChanges() {
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries();
  useSubscription(api.open.changes.subscriptionOptions(undefined, { onData: refresh }));
  return null;
}
