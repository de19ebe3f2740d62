import { Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { EnableTwoStep } from '../ui/enable-two-step.tsx';
import { showFreshCodes } from '../ui/fresh-codes.tsx';
import { FrontPage } from '../ui/front-page.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { useSignOut } from '../ui/use-sign-out.ts';
import { MailAside } from './mail-aside.tsx';

/** The password was right, the deadline has passed: nothing but setting up the second step is open (R26). */
export function EnrolScreen() {
  const welcome = useQuery(api.open.welcome.queryOptions()).data;
  const status = useQuery(api.self.twoStep.status.queryOptions());
  const signOut = useSignOut();
  return (
    <FrontPage
      wide
      title="Set up two-step verification"
      lead={`${welcome?.workspaceName ?? 'Your workspace'} requires it. It takes about a minute, and then you are in.`}
      aside={<MailAside />}
    >
      <Stack gap="lg">
        {status.isPending && <Loading rows={2} />}
        {status.isLoadingError && <Problem error={status.error} retry={status.refetch} />}
        {status.data && <EnableTwoStep twoStep={status.data} onEnabled={showFreshCodes} />}
        <Anchor component="button" type="button" size="sm" c="dimmed" ta="start" onClick={() => signOut.mutate()}>
          Not now: sign out
        </Anchor>
      </Stack>
    </FrontPage>
  );
}
