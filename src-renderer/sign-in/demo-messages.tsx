import { Accordion, Button, Drawer, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { MessageText } from '../ui/message-text.tsx';
import { Problem } from '../ui/problem.tsx';
import { relativeTime } from '../ui/times.ts';

const ASK_AGAIN_MS = 2_000;

/** Everybody's messages of the demonstration workspace, so that codes can be had without leaving the window. */
export function DemoMessages() {
  const [opened, drawer] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconInbox size={18} aria-hidden />} onClick={drawer.open}>
        Messages
      </Button>
      <Drawer
        opened={opened}
        onClose={drawer.close}
        position="right"
        size="md"
        title="Messages"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {opened && <Messages />}
      </Drawer>
    </>
  );
}

function Messages() {
  const messages = useQuery({ ...api.open.demoMessages.queryOptions(), refetchInterval: ASK_AGAIN_MS });
  if (messages.isPending) return <Loading />;
  if (messages.isLoadingError) return <Problem error={messages.error} retry={messages.refetch} />;
  const newest = messages.data[0];
  if (!newest)
    return <Text c="dimmed">Nothing was sent yet. Sign in as somebody whose two-step verification is active.</Text>;
  return (
    <Accordion defaultValue={newest.id} variant="separated" radius="md">
      {messages.data.map((message) => (
        <Accordion.Item key={message.id} value={message.id}>
          <Accordion.Control>
            <Text size="sm" fw={600}>
              {message.subject}
            </Text>
            <Text size="xs" c="dimmed">
              {message.to} · {relativeTime(message.at)}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            <MessageText text={message.text} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
