import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card, Row } from '../ui/card.tsx';
import { AnchorLink } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { When } from '../ui/when.tsx';

const SHOWN = 3;

/** The newest messages in the outbox that are for this person; in a demonstration, for anybody. */
export function RecentMail() {
  const messages = useQuery(api.self.outbox.list.queryOptions());
  const demo = useQuery(api.open.welcome.queryOptions()).data?.demo;
  if (messages.isPending) return <Loading />;
  if (messages.isLoadingError) return <Problem error={messages.error} retry={messages.refetch} />;
  return (
    <Card
      title={demo ? 'Everybody’s messages' : 'Messages to you'}
      aside={
        <AnchorLink to="/outbox" size="sm">
          All messages
        </AnchorLink>
      }
    >
      {messages.data.length === 0 && (
        <Text size="sm" c="dimmed" p="md" px="lg">
          Codes and notices will stand here once some were sent.
        </Text>
      )}
      {messages.data.slice(0, SHOWN).map((message) => (
        <Row
          key={message.id}
          name={
            <AnchorLink to="/outbox" search={{ message: message.id }} inherit c="inherit">
              {message.subject}
            </AnchorLink>
          }
          consequence={message.to}
        >
          <When at={message.at} />
        </Row>
      ))}
    </Card>
  );
}
