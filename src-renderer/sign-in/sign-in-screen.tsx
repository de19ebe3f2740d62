import { Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import { FrontPage } from '../ui/front-page.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Ending } from '../ui/signposts.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { MailAside } from './mail-aside.tsx';
import { PasswordForm } from './password-form.tsx';

const route = getRouteApi('/sign-in');

const ENDED: Record<Ending, string> = {
  signedOut: 'You are signed out.',
  idle: 'You were signed out because nothing happened for a while.',
  limit: 'You were signed out because the session reached its longest time.',
  tooLong: 'The sign-in took too long, so it starts again.',
  reset: 'Your password is changed. Sign in with the new one.',
  deleted: 'Your account is deleted. A last mail confirms it.',
  elsewhere: 'This session was ended from another one, or by a change to your password or two-step verification.',
};

/** First door: email and password. */
export function SignInScreen() {
  const { ended } = route.useSearch();
  const queries = useQueryClient();
  const welcome = useQuery(api.open.welcome.queryOptions()).data;
  const [refused, setRefused] = useState(false);
  const [start, setStart] = useState({ email: '', password: '' });

  // Nothing of the person who left stays in memory.
  useEffect(() => {
    queries.removeQueries(api.self.pathFilter());
    notifications.clean();
  }, [queries]);

  return (
    <FrontPage
      title="Sign in"
      lead={welcome?.workspaceName ?? ' '}
      aside={
        <Stack gap="md">
          {welcome?.demo && <DemoAccounts accounts={welcome.demo.accounts} onPick={setStart} />}
          <MailAside />
        </Stack>
      }
    >
      <Stack gap="md">
        {ended && !refused && <Notice>{ENDED[ended]}</Notice>}
        {welcome?.clock === 'wrong' && (
          <Notice tone="warn" title="The clock of this computer seems to be wrong">
            Codes may be refused until it is set right. An owner can sign in and confirm it.
          </Notice>
        )}
        <PasswordForm key={start.email} start={start} onRefused={() => setRefused(true)} />
      </Stack>
    </FrontPage>
  );
}
