import { Group, Progress, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Row } from '../ui/card.tsx';
import { Failure } from '../ui/failure.tsx';
import { IN_CASE_MS } from '../ui/live-changes.tsx';
import { told } from '../ui/told.ts';
import { When } from '../ui/when.tsx';
import classes from './instructions-row.module.css';
import type { PolicyView } from './use-policy-draft.ts';

type Job = NonNullable<Answers['admin']['jobs']['see']>;

const KIND = { kind: 'setupInstructions' } as const;

/** The e-mails that tell everybody how to set it up: how far they are, Cancel, and once more (R28). */
export function InstructionsRow({ view }: { view: PolicyView }) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(api.admin.jobs.pathFilter());
  const job = useQuery({ ...api.admin.jobs.see.queryOptions(KIND), refetchInterval: IN_CASE_MS });
  const cancel = useMutation(api.admin.jobs.cancel.mutationOptions({ onSettled: refresh }));
  const send = useMutation(
    api.admin.policy.sendInstructions.mutationOptions({
      onSuccess: () => told('Instructions are on their way', 'To everybody who has not set it up yet.'),
      onSettled: refresh,
    }),
  );
  const running = job.data?.state === 'running' ? job.data : null;
  return (
    <Row
      name="Setup instructions"
      consequence={
        <>
          {job.data ? <JobWords job={job.data} /> : 'Nobody was written to yet.'}
          {running && <Bar job={running} />}
          <Failure error={job.error ?? cancel.error ?? send.error} />
        </>
      }
    >
      {view.canChange && job.data !== undefined && (
        <Group>
          {running ? (
            <ActButton variant="default" pending={cancel.isPending} onClick={() => cancel.mutate({ id: running.id })}>
              Cancel
            </ActButton>
          ) : (
            <ActButton
              variant="default"
              pending={send.isPending}
              disabled={view.counts.off === 0}
              onClick={() => send.mutate({})}
            >
              Send again
            </ActButton>
          )}
        </Group>
      )}
    </Row>
  );
}

const number = (count: number) => count.toLocaleString('en');
function JobWords({ job }: { job: Job }) {
  if (job.state === 'running') return `Writing emails: ${number(job.done)} of ${number(job.total)} people so far.`;
  const when = job.endedAt !== null && <When at={job.endedAt} />;
  return (
    <>
      {job.state === 'done' ? (
        <>Emails with instructions went out {when}.</>
      ) : (
        <>
          Cancelled {when}, after {number(job.done)} of {number(job.total)} people. What was written by then is out.
        </>
      )}{' '}
      Send again writes to those who have not set it up.
    </>
  );
}

function Bar({ job }: { job: Job }) {
  return (
    <Text component="div" className={classes.bar ?? ''}>
      <Progress.Root size="sm">
        <Progress.Section
          value={job.total > 0 ? (100 * job.done) / job.total : 0}
          aria-label="Emails with instructions"
          aria-valuetext={`${job.done} of ${job.total}`}
        />
      </Progress.Root>
    </Text>
  );
}
