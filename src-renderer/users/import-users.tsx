import { Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { Steps } from '../ui/steps.tsx';
import type { Me } from '../ui/use-me.ts';
import { ChooseImport } from './choose-import.tsx';
import { FollowImport } from './follow-import.tsx';
import { isOver } from './import-words.ts';
import { LastImport } from './last-import.tsx';
import { PreviewImport } from './preview-import.tsx';

const STEPS = ['File', 'Check', 'Import'];

interface ImportUsersProps {
  me: Me;
  /** An import that is followed; it goes on while the dialog is shut. */
  running: string | null;
  onRunning: (importId: string | null) => void;
  onDone: () => void;
}

/** Many people at once from a table (R39): choose, look it over, add them all or none. */
export function ImportUsers({ me, running, onRunning, onDone }: ImportUsersProps) {
  const [csv, setCsv] = useState('');
  const latest = useQuery({
    ...api.admin.users.latestImport.queryOptions(),
    refetchOnWindowFocus: false,
    refetchOnMount: 'always',
  });
  const known = latest.isFetchedAfterMount ? latest.data : undefined;
  const found = known && !isOver(known) ? known.id : null;
  const follow = useEffectEvent((id: string) => onRunning(id));
  useEffect(() => {
    if (found) follow(found); // begun before a restart, or by somebody else
  }, [found]);
  const check = useMutation(api.admin.users.checkImport.mutationOptions());
  const start = useMutation(
    api.admin.users.import.mutationOptions({ onSuccess: ({ importId }) => onRunning(importId) }),
  );
  const active = running ? 2 : check.data ? 1 : 0;
  const again = () => {
    check.reset();
    start.reset();
    onRunning(null);
    void latest.refetch();
  };
  if (!running && !latest.isFetchedAfterMount) return <Loading rows={3} />;
  return (
    <Stack gap="lg">
      <Steps active={active} names={STEPS} />
      {running ? (
        <FollowImport importId={running} onAgain={again} onDone={onDone} />
      ) : check.data ? (
        <PreviewImport
          found={check.data}
          me={me}
          pending={start.isPending}
          failure={start.error}
          onBack={again}
          onForget={start.reset}
          onImport={(stepUp) => start.mutate({ csv, ...(stepUp && { stepUp }) })}
        />
      ) : (
        <>
          {known && <LastImport view={known} />}
          <ChooseImport
            csv={csv}
            pending={check.isPending}
            failure={check.error}
            onChange={(text) => {
              setCsv(text);
              check.reset();
            }}
            onCheck={(text) => check.mutate({ csv: text })}
          />
        </>
      )}
    </Stack>
  );
}
