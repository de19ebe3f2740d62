import { Button, Table, Text } from '@mantine/core';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { provenBy } from '../ui/methods.ts';
import { Problem } from '../ui/problem.tsx';
import { exactTime } from '../ui/times.ts';
import { told } from '../ui/told.ts';
import { When } from '../ui/when.tsx';
import classes from './table.module.css';

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
    <Card
      title="Sessions"
      titleId="sessions"
      aside={
        others.length > 0 && (
          <ActButton variant="default" size="xs" pending={endOthers.isPending} onClick={() => endOthers.mutate()}>
            Sign out all others
          </ActButton>
        )
      }
    >
      {(end.error ?? endOthers.error) && <Failure error={end.error ?? endOthers.error} />}
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-labelledby="sessions" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Where</Table.Th>
              <Table.Th scope="col">Signed in</Table.Th>
              <Table.Th scope="col">Last seen</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sessions.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>
                  <span className={classes.withIcon}>
                    <IconDeviceDesktop size={18} aria-hidden />
                    <span>
                      {session.client}
                      <Text span display="block" size="xs" c="dimmed">
                        {session.address} · {provenBy(session.provenWith) ?? 'Password only'}
                      </Text>
                    </span>
                  </span>
                </Table.Td>
                <Table.Td>
                  <When at={session.createdAt} />
                </Table.Td>
                <Table.Td>
                  <When at={session.lastSeenAt} />
                </Table.Td>
                <Table.Td className={classes.end}>
                  {session.current ? (
                    <span className={classes.mark}>This session</span>
                  ) : (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      aria-label={`Sign out ${nameOf(session, others)}`}
                      onClick={() => end.mutate({ id: session.id })}
                    >
                      Sign out
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
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
