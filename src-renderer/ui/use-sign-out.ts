import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';

/** Ends this session and shows the sign-in screen. */
export function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation(
    api.self.signOut.mutationOptions({
      onSuccess: async () => {
        await queries.fetchQuery({ ...api.open.welcome.queryOptions(), staleTime: 0 });
        await navigate({ to: '/sign-in', search: { ended: 'signedOut' } });
      },
    }),
  );
}
