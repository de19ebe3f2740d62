import { Anchor, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ProofMethod } from '../../src-main/domain/values.ts';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { isUnderWay } from '../ui/delivery-line.tsx';
import { FrontPage } from '../ui/front-page.tsx';
import { useLeave } from '../ui/leaving.ts';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { clockTime, exactTime, learnServerTime } from '../ui/times.ts';
import { MailAside } from './mail-aside.tsx';
import { MethodList } from './method-list.tsx';
import { ProveEmailCode } from './prove-email-code.tsx';
import { ProveRecoveryCode } from './prove-recovery-code.tsx';

export type Pending = Answers['open']['signIn']['pending'];

const ASK_AGAIN_MS = 1_500;

/** Second door: a code, or another way (R14–R16). */
export function SecondStepScreen() {
  const pending = useQuery({
    ...api.open.signIn.pending.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.code && isUnderWay(state.data.code) ? ASK_AGAIN_MS : false),
  });

  const now = pending.data?.now;
  useEffect(() => {
    if (now !== undefined) learnServerTime(now, pending.dataUpdatedAt);
  }, [now, pending.dataUpdatedAt]);

  return (
    <FrontPage title="Two-step verification" lead="Your password was right; one more proof." aside={<MailAside />}>
      <Stack gap="lg">
        {pending.isPending && <Loading rows={2} />}
        {pending.isLoadingError && <Problem error={pending.error} retry={pending.refetch} />}
        {pending.data && <Ways pending={pending.data} />}
        <BackToSignIn />
      </Stack>
    </FrontPage>
  );
}

/** The method in use, and the way to the others. */
function Ways({ pending }: { pending: Pending }) {
  const [chosen, choose] = useState<ProofMethod | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [remember, setRemember] = useState(false);
  const method = chosen ?? pending.methods[0];
  if (choosing) {
    const pick = (next: ProofMethod) => {
      choose(next);
      setChoosing(false);
    };
    return <MethodList methods={pending.methods} onPick={pick} />;
  }
  return (
    <>
      <WhyNotByMail pending={pending} />
      {method === 'recoveryCode' ? (
        <ProveRecoveryCode />
      ) : (
        <ProveEmailCode pending={pending} remember={remember} onRemember={setRemember} />
      )}
      <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setChoosing(true)}>
        Try another way
      </Anchor>
    </>
  );
}

/** Says why a way that the person knows is not offered this time. */
function WhyNotByMail({ pending: { methods, lockedUntil, mailCountsFrom } }: { pending: Pending }) {
  if (methods.includes('email')) return null;
  if (lockedUntil !== null) {
    return (
      <Notice tone="warn" title={`Codes by mail are paused until ${clockTime(lockedUntil)}`}>
        There were too many wrong tries. A recovery code still lets you in.
      </Notice>
    );
  }
  if (mailCountsFrom === null) return null;
  return (
    <Notice title="No code by mail this time">
      The password was reset through the mailbox, so the mailbox cannot be the second step too until{' '}
      {exactTime(mailCountsFrom)}. Use a recovery code.
    </Notice>
  );
}

function BackToSignIn() {
  const leave = useLeave();
  const cancel = useMutation(
    api.open.signIn.cancel.mutationOptions({
      onSettled: () => leave('cancelled'),
    }),
  );
  return (
    <Anchor component="button" type="button" size="sm" c="dimmed" ta="start" onClick={() => cancel.mutate()}>
      Cancel and start again
    </Anchor>
  );
}
