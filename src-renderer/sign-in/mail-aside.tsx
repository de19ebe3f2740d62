import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { MailPlace } from '../ui/mail-place.tsx';
import { DemoMessages } from './demo-messages.tsx';

/** Below a form that asks for a code: where the letter with it is to be found. */
export function MailAside() {
  const welcome = useQuery(api.open.welcome.queryOptions()).data;
  return (
    <Stack gap="md">
      {welcome?.demo && <DemoMessages />}
      <MailPlace />
    </Stack>
  );
}
