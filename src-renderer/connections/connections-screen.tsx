import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { useMe } from '../ui/use-me.ts';
import { OutboxCard } from './outbox-card.tsx';
import { RemoveSmtpCard } from './remove-smtp-card.tsx';
import { SmtpCard } from './smtp-card.tsx';

/** What the workspace sends through (R50). */
export function ConnectionsScreen() {
  const connections = useQuery(api.admin.connections.see.queryOptions());
  const mail = useQuery(api.open.welcome.queryOptions()).data?.mail;
  const me = useMe().data;
  return (
    <Page title="Connections" lead="How codes and notices reach the people of this workspace.">
      {connections.isPending && <Loading rows={4} />}
      {connections.isLoadingError && <Problem error={connections.error} retry={connections.refetch} />}
      {connections.data && me && (
        <>
          <SmtpCard smtp={connections.data.smtp} me={me} />
          {connections.data.smtp && <RemoveSmtpCard twoStep={me.twoStep} />}
        </>
      )}
      {mail?.kind === 'outbox' && <OutboxCard folder={mail.folder} />}
    </Page>
  );
}
