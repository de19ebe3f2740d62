import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { useMe } from '../ui/use-me.ts';
import { RolesMatrix } from './roles-matrix.tsx';

/** What each role may, module by module; only owners change it (R40). */
export function RolesScreen() {
  const roles = useQuery(api.admin.roles.see.queryOptions());
  const me = useMe().data;
  return (
    <Page
      title="Roles"
      lead="What each role may do. A change holds from the very next click of everybody who has it."
      wide
    >
      {roles.isPending && <Loading rows={7} />}
      {roles.isLoadingError && <Problem error={roles.error} retry={roles.refetch} />}
      {roles.data && me && (
        <>
          {!roles.data.editable && (
            <Notice>Only owners change what roles may. Who has which role stands in Users.</Notice>
          )}
          <RolesMatrix {...roles.data} twoStep={me.twoStep} />
        </>
      )}
    </Page>
  );
}
