import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { IN_CASE_MS } from '../ui/live-changes.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { ExceptionsCard } from './exceptions-card.tsx';
import { PolicyCard } from './policy-card.tsx';
import { SwitchOffCard } from './switch-off-card.tsx';

/** What holds for everybody of the workspace (R23–R38). */
export function WorkspaceScreen() {
  const policy = useQuery({ ...api.admin.policy.see.queryOptions(), refetchInterval: IN_CASE_MS });
  return (
    <Page title="Workspace settings" lead="What the workspace asks of everybody who signs in.">
      {policy.isPending && <Loading rows={6} />}
      {policy.isLoadingError && <Problem error={policy.error} retry={policy.refetch} />}
      {policy.data && (
        <>
          <PolicyCard view={policy.data} />
          <ExceptionsCard view={policy.data} />
          {policy.data.canChange && policy.data.policy.enforcement !== 'off' && <SwitchOffCard view={policy.data} />}
        </>
      )}
    </Page>
  );
}
