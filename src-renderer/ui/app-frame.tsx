import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { api } from '../api.ts';
import { FreshCodes } from './fresh-codes.tsx';
import { HostGone } from './host-gone.tsx';
import { whyOutside } from './leaving.ts';
import { LiveChanges } from './live-changes.tsx';

/** What stands around every screen: it follows the engine's word on how far in the person is. */
export function AppFrame() {
  const router = useRouter();
  const stage = useQuery(api.open.welcome.queryOptions()).data?.stage;
  const known = useRef(stage);

  useEffect(() => {
    const before = known.current;
    known.current = stage;
    if (before === undefined || before === stage) return;
    const wasFurther = before === 'signedIn' || before === 'secondStep' || before === 'enrol';
    if (wasFurther && stage === 'signIn') void router.navigate({ to: '/sign-in', search: whyOutside(before) });
    else void router.invalidate();
  }, [stage, router]);

  return (
    <>
      {(stage === 'secondStep' || stage === 'signedIn') && <LiveChanges key={stage} />}
      <Outlet />
      <FreshCodes />
      <HostGone />
    </>
  );
}
