import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/empty.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { MessageList } from './message-list.tsx';
import classes from './outbox-screen.module.css';
import { ReadingPane } from './reading-pane.tsx';

const route = getRouteApi('/shell/outbox');

/** What would have been mailed to you, while mail stays in the outbox folder (R50). */
export function OutboxScreen() {
  const messages = useQuery(api.self.outbox.list.queryOptions());
  const demo = useQuery(api.open.welcome.queryOptions()).data?.demo;
  const chosen = route.useSearch({ select: (search) => search.message });
  const shown = messages.data?.find((message) => message.id === chosen) ?? messages.data?.[0];
  return (
    <Page
      wide
      title="Outbox"
      lead={
        demo
          ? 'Everybody’s messages, because this is a demonstration. They stay on this computer.'
          : 'Messages to your own address. They stay on this computer until a mail server is set up.'
      }
    >
      {messages.isPending && <Loading />}
      {messages.isLoadingError && <Problem error={messages.error} retry={messages.refetch} />}
      {messages.data && (
        <Card>
          {shown ? (
            <div className={classes.panes}>
              <MessageList messages={messages.data} shown={shown.id} />
              <ReadingPane key={shown.id} id={shown.id} />
            </div>
          ) : (
            <Empty Icon={IconInbox} title="No messages yet">
              Codes and notices to you will stand here, the newest first. Switching two-step verification on sends the
              first.
            </Empty>
          )}
        </Card>
      )}
    </Page>
  );
}
