import { IconDeviceDesktop } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { provenBy } from '../ui/methods.ts';
import { Problem } from '../ui/problem.tsx';
import { exactTime } from '../ui/times.ts';
import { told } from '../ui/told.ts';
import { When } from '../ui/when.tsx';
import { PlacesCard } from './places-card.tsx';

type Session = Answers['self']['sessions']['list'][number];

// A sign-in elsewhere rings no bell here.
const ASK_AGAIN_MS = 30_000;

/** Where the account is signed in, and the way to end it there. */
export function SessionsCard() {
  const sessions = useQuery({ ...api.self.sessions.list.queryOptions(), refetchInterval: ASK_AGAIN_MS });
  if (sessions.isPending) return <Loading />;
  if (sessions.isLoadingError) return <Problem error={sessions.error} retry={sessions.refetch} />;
  return <Sessions sessions={sessions.data} />;
}

function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(api.self.sessions.pathFilter());
  const end = useMutation(api.self.sessions.end.mutationOptions({ onSettled: refresh }));
  const endOthers = useMutation(
    api.self.sessions.endOthers.mutationOptions({
      onSuccess: ({ ended }) =>
        told(ended === 1 ? 'One other session was signed out' : `${ended} other sessions were signed out`),
      onSettled: refresh,
    }),
  );
  const others = sessions.filter((session) => !session.current);
  return (
    <PlacesCard
      title="Sessions"
      titleId="sessions"
      PlaceIcon={IconDeviceDesktop}
      columns={['Signed in', 'Last seen']}
      places={sessions.map((session) => ({
        id: session.id,
        client: session.client,
        note: `${session.address} · ${provenBy(session.provenWith) ?? 'Password only'}`,
        times: [<When key="since" at={session.createdAt} />, <When key="seen" at={session.lastSeenAt} />],
        actName: session.current ? null : `Sign out ${nameOf(session, others)}`,
      }))}
      act="Sign out"
      onAct={(id) => end.mutate({ id })}
      mark="This session"
      actOnAll={
        others.length > 0
          ? { name: 'Sign out all others', pending: endOthers.isPending, run: () => endOthers.mutate() }
          : null
      }
      failure={end.error ?? endOthers.error}
    />
  );
}

/** Client and address, and the time as well where those two are shared. */
function nameOf(session: Session, others: readonly Session[]): string {
  const name = (each: Session) => `${each.client}, ${each.address}`;
  const timed = (each: Session) => `${name(each)}, since ${exactTime(each.createdAt)}`;
  const same = others.filter((other) => name(other) === name(session));
  if (same.length === 1) return name(session);
  const sameMinute = same.filter((other) => timed(other) === timed(session));
  return sameMinute.length === 1 ? timed(session) : `${timed(session)} (${sameMinute.indexOf(session) + 1})`;
}
