import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure, Trouble } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';

interface FollowImportProps {
  importId: string;
  onAgain: () => void;
  onDone: () => void;
}

const ASK_AGAIN_MS = 250;
const figure = (count: number) => count.toLocaleString('en');

/** How far it is, and how it ended. Nobody is there until everybody is. */
export function FollowImport({ importId, onAgain, onDone }: FollowImportProps) {
  const queries = useQueryClient();
  const query = useQuery({
    ...api.admin.users.importState.queryOptions({ importId }),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : ASK_AGAIN_MS),
  });
  const cancel = useMutation(api.admin.users.cancelImport.mutationOptions());
  const state = query.data?.state;
  useEffect(() => {
    if (state === 'done') void queries.invalidateQueries(api.admin.people.pathFilter());
  }, [state, queries]);
  if (query.isPending) return <Loading rows={1} />;
  if (query.isLoadingError) return <Problem error={query.error} retry={query.refetch} />;
  const { done, total } = query.data;
  if (state === 'running') {
    return (
      <Stack gap="md">
        <div>
          <Progress.Root size="lg">
            <Progress.Section
              value={total > 0 ? (100 * done) / total : 0}
              aria-label="Import"
              aria-valuetext={`${done} of ${total}`}
            />
          </Progress.Root>
          <Text size="sm" c="dimmed" mt={6} className="numerals">
            {figure(done)} of {figure(total)} people
          </Text>
        </div>
        <Text size="sm">It goes on if you close this. Until it is finished nobody is added.</Text>
        <Failure error={cancel.error} />
        <Group justify="flex-end">
          <ActButton variant="default" pending={cancel.isPending} onClick={() => cancel.mutate({ importId })}>
            Cancel
          </ActButton>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      {state === 'done' && (
        <div role="status">
          <Notice tone="good" title={total === 1 ? '1 person is added' : `${figure(total)} people are added`}>
            Their invitations go out one after the other. Codes for sign-ins never wait behind them.
          </Notice>
        </div>
      )}
      {state === 'cancelled' && <Notice title="Cancelled">Nobody was added, and no invitation was sent.</Notice>}
      {state === 'failed' && (
        <Trouble title="The import did not finish">
          Nobody was added. Check the rows again: something may have changed in the meantime.
        </Trouble>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onAgain}>
          Import more
        </Button>
        <Button onClick={onDone} autoFocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
