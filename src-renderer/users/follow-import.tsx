import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import type { ImportView } from './import-words.ts';
import { isOver } from './import-words.ts';

interface FollowImportProps {
  importId: string;
  onAgain: () => void;
  onDone: () => void;
}

const ASK_AGAIN_MS = 250;
/** The list behind the dialog is asked for anew whenever so many more are in it, or out of it. */
const WORTH_A_LOOK = 1_000;

/** How far it is, and how it ended. */
export function FollowImport({ importId, onAgain, onDone }: FollowImportProps) {
  const queries = useQueryClient();
  const query = useQuery({
    ...api.admin.users.importState.queryOptions({ importId }),
    refetchInterval: ({ state: { data } }) => (data && isOver(data) ? false : ASK_AGAIN_MS),
  });
  const cancel = useMutation(
    api.admin.users.cancelImport.mutationOptions({
      onSettled: () => queries.invalidateQueries(api.admin.users.importState.pathFilter()),
    }),
  );
  const news = query.data && `${query.data.state} ${Math.trunc(query.data.done / WORTH_A_LOOK)}`;
  useEffect(() => {
    if (news) void queries.invalidateQueries(api.admin.people.pathFilter());
  }, [news, queries]);
  if (query.isPending) return <Loading rows={1} />;
  if (query.isLoadingError) return <Problem error={query.error} retry={query.refetch} />;
  if (!isOver(query.data)) {
    return (
      <UnderWay
        view={query.data}
        pending={cancel.isPending}
        failure={cancel.error}
        onCancel={() => cancel.mutate({ importId })}
      />
    );
  }
  return (
    <Stack gap="md">
      <ImportOutcome view={query.data} />
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

const PHASES = {
  running: {
    bar: 'Import',
    unit: 'people added',
    stop: 'Cancel',
    words:
      'People appear as they are added; no invitation goes out until all are there. Cancel takes everybody out again.',
  },
  inviting: {
    bar: 'Invitations',
    unit: 'people invited',
    stop: 'Stop inviting',
    words:
      'Everybody is added. Invitations go out one after the other; codes for sign-ins never wait behind them. Who is not invited when you stop can be invited from their row.',
  },
  undoing: {
    bar: 'Taking back',
    unit: 'people still to be taken out',
    stop: null,
    words: 'Everybody who was added is taken out again. No invitation was sent.',
  },
} as const;

interface UnderWayProps {
  view: ImportView;
  pending: boolean;
  failure: unknown;
  onCancel: () => void;
}

function UnderWay({ view: { state, done, total }, pending, failure, onCancel }: UnderWayProps) {
  const { bar, unit, stop, words } = PHASES[state === 'inviting' || state === 'undoing' ? state : 'running'];
  return (
    <Stack gap="md">
      <ProgressBar label={bar} done={done} total={total} unit={unit} />
      <Text size="sm">{words} It goes on if you close this.</Text>
      <Failure error={failure} />
      {stop && (
        <Group justify="flex-end">
          <ActButton key={stop} variant="default" pending={pending} onClick={onCancel}>
            {stop}
          </ActButton>
        </Group>
      )}
    </Stack>
  );
}
