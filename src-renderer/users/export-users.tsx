import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { client } from '../api.ts';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { serverNow } from '../ui/times.ts';
import type { CsvPage } from '../ui/use-csv.ts';
import { useCsv } from '../ui/use-csv.ts';
import { filterOf, isFiltered, useUsersSearch } from './users-search.ts';

const figure = (count: number) => count.toLocaleString('en');

/** Saves everybody the filters leave as a CSV file (R39); it begins by itself. */
export function ExportUsers({ onDone }: { onDone: () => void }) {
  const { search } = useUsersSearch();
  const filter = filterOf(search);
  const [name] = useState(() => `users-${new Date(serverNow()).toISOString().slice(0, 10)}.csv`);
  const [outcome, setOutcome] = useState<'none' | 'cancelled' | number>('none');
  const written = useRef(0);
  const page = async (cursor: string | null): Promise<CsvPage> => {
    const piece = await client.admin.people.exportPage.query({ ...filter, cursor });
    written.current = cursor === null ? linesOf(piece.csv) - 1 : written.current + linesOf(piece.csv);
    if (piece.next === null) setOutcome(piece.total);
    return { ...piece, done: Math.min(written.current, piece.total) };
  };
  const { progress, error, start, cancel } = useCsv(name, page);
  const begin = useEffectEvent(() => {
    setOutcome('none');
    start();
  });
  useEffect(() => begin(), []);
  const stop = useEffectEvent(cancel);
  useEffect(() => () => stop(), []);

  return (
    <Stack gap="md">
      <Text size="sm">
        {isFiltered(search) ? 'Everybody who fits the filters' : 'Everybody in the workspace'}, with role, state,
        methods and last sign-in. Passwords and codes are never in it.
      </Text>
      {progress && <ProgressBar label="Export" {...progress} unit="users" />}
      {!progress && !error && typeof outcome === 'number' && (
        <div role="status">
          <Notice tone="good" title="The file is saved">
            {outcome === 1 ? '1 user is' : `${figure(outcome)} users are`} in {name}.
          </Notice>
        </div>
      )}
      {!progress && outcome === 'cancelled' && <Notice title="Cancelled">No file was saved.</Notice>}
      <Failure error={error} />
      <Group justify="flex-end" gap="xs">
        {progress ? (
          <Button
            variant="default"
            onClick={() => {
              cancel();
              setOutcome('cancelled');
            }}
          >
            Cancel
          </Button>
        ) : (
          <>
            {(Boolean(error) || outcome === 'cancelled') && (
              <Button variant="default" onClick={begin}>
                Try again
              </Button>
            )}
            <Button onClick={onDone}>Done</Button>
          </>
        )}
      </Group>
    </Stack>
  );
}

/** Close enough to show how far it is: a name may hold a line break. */
function linesOf(csv: string): number {
  return csv.split('\n').length - 1;
}
