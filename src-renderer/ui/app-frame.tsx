import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { api, queryClient } from '../api.ts';
import { HostGone } from './host-gone.tsx';
import { LiveChanges } from './live-changes.tsx';
import type { Ending } from './signposts.ts';
import { serverNow } from './times.ts';

/** What stands around every screen: it follows the engine's word on how far in the person is. */
export function AppFrame() {
  const router = useRouter();
  const stage = useQuery(api.open.welcome.queryOptions()).data?.stage;
  const before = useRef(stage);

  useEffect(() => {
    const left = before.current === 'signedIn' && stage === 'signIn';
    const moved = before.current !== undefined && before.current !== stage;
    before.current = stage;
    if (left) void router.navigate({ to: '/sign-in', search: { ended: howItEnded() } });
    else if (moved) void router.invalidate();
  }, [stage, router]);

  return (
    <>
      {stage && <LiveChanges key={stage} />}
      <Outlet />
      <HostGone />
    </>
  );
}

/** The last thing known about the session says which of its limits it met. */
function howItEnded(): Ending {
  const session = queryClient.getQueryData(api.self.me.queryKey())?.session;
  if (!session) return 'signedOut';
  if (serverNow() >= session.endsAt) return 'limit';
  return serverNow() >= session.idleEndsAt ? 'idle' : 'elsewhere';
}
