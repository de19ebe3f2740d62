import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card, Row } from '../ui/card.tsx';
import { AnchorLink } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { provenBy } from '../ui/methods.ts';
import { Problem } from '../ui/problem.tsx';
import { When } from '../ui/when.tsx';

const SHOWN = 3;

/** The last sign-ins that are still open. */
export function RecentSessions() {
  const sessions = useQuery(api.self.sessions.list.queryOptions());
  if (sessions.isPending) return <Loading />;
  if (sessions.isLoadingError) return <Problem error={sessions.error} retry={sessions.refetch} />;
  const newest = [...sessions.data].sort((one, other) => other.createdAt - one.createdAt).slice(0, SHOWN);
  return (
    <Card
      title="Where you are signed in"
      aside={
        <AnchorLink to="/profile" hash="sessions" size="sm">
          All sessions
        </AnchorLink>
      }
    >
      {newest.map((session) => (
        <Row
          key={session.id}
          name={session.current ? `${session.client}, this session` : session.client}
          consequence={`${session.address} · ${provenBy(session.provenWith) ?? 'Password only'}`}
        >
          <Text size="sm" c="dimmed">
            Signed in <When at={session.createdAt} />
          </Text>
        </Row>
      ))}
    </Card>
  );
}
