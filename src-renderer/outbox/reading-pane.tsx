import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { MessageText } from '../ui/message-text.tsx';
import { Problem } from '../ui/problem.tsx';
import { exactTime } from '../ui/times.ts';
import classes from './outbox-screen.module.css';

/** One message as text. */
export function ReadingPane({ id }: { id: string }) {
  const message = useQuery(api.self.outbox.read.queryOptions({ id }));
  return (
    <article className={classes.pane} aria-label="Message">
      {message.isPending && <Loading />}
      {message.isLoadingError && <Problem error={message.error} retry={message.refetch} />}
      {message.data && (
        <>
          <Title order={2}>{message.data.subject}</Title>
          <Text size="sm" c="dimmed" mb="lg">
            To {message.data.to} · {exactTime(message.data.at)}
          </Text>
          <MessageText text={message.data.text} />
        </>
      )}
    </article>
  );
}
