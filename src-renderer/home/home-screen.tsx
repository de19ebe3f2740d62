import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { useMe } from '../ui/use-me.ts';
import { RecentMail } from './recent-mail.tsx';
import { RecentSessions } from './recent-sessions.tsx';
import { StateCard } from './state-card.tsx';

/** Where you stand, what to do about it, and what happened lately. */
export function HomeScreen() {
  const me = useMe().data;
  const status = useQuery(api.self.twoStep.status.queryOptions());
  const mail = useQuery(api.open.welcome.queryOptions()).data?.mail;
  return (
    <Page
      title="Home"
      lead={me ? `${me.account.name}, this is where your account in ${me.workspace.name} stands.` : ''}
    >
      {status.isPending && <Loading rows={1} />}
      {status.isLoadingError && <Problem error={status.error} retry={status.refetch} />}
      {status.data && <StateCard twoStep={status.data} />}
      <RecentSessions />
      {mail?.kind === 'outbox' && <RecentMail />}
    </Page>
  );
}
