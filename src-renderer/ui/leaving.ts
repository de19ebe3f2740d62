import { useQueryClient } from '@tanstack/react-query';
import { api, queryClient } from '../api.ts';
import type { Ending } from './signposts.ts';
import { serverNow } from './times.ts';

const LEAVING = ['leaving'];

/** For acts that end a session or a sign-in on purpose: says which, then lets the engine's word lead to the sign-in screen. */
export function useLeave() {
  const queries = useQueryClient();
  return (how: Ending | 'cancelled') => {
    queries.setQueryData(LEAVING, how);
    return queries.invalidateQueries(api.open.welcome.queryFilter());
  };
}

/** Why somebody who was further in stands outside again, in a word of the address; none after a cancelled sign-in. */
export function whyOutside(before: 'signedIn' | 'secondStep' | 'enrol'): { ended?: Ending } {
  const how = queryClient.getQueryData<Ending | 'cancelled'>(LEAVING);
  queryClient.removeQueries({ queryKey: LEAVING });
  if (how) return how === 'cancelled' ? {} : { ended: how };
  return { ended: before === 'signedIn' ? limitOfSession() : 'tooLong' };
}

/** The last thing known about the session says which of its limits it met. */
function limitOfSession(): Ending {
  const session = queryClient.getQueryData(api.self.me.queryKey())?.session;
  if (!session) return 'elsewhere';
  if (serverNow() >= session.endsAt) return 'limit';
  return serverNow() >= session.idleEndsAt ? 'idle' : 'elsewhere';
}
