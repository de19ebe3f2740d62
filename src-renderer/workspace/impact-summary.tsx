import { Anchor, Skeleton, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Policy } from '../../src-main/domain/policy.ts';
import { api } from '../api.ts';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { useMe } from '../ui/use-me.ts';
import { ImpactDrawer } from './impact-drawer.tsx';
import { impactInWords } from './impact-words.ts';

interface ImpactSummaryProps {
  draft: Policy;
  requiredSince: number | null;
  /** Whether exactly who is shown: the dialog below must not take its keys meanwhile. */
  looking: boolean;
  /** Whether it was: the focus comes back to where it was asked for. */
  looked: boolean;
  onLook: (looking: boolean) => void;
}

/** What a policy would do, in a few sentences, with the way to exactly who (R36). */
export function ImpactSummary({ draft, requiredSince, looking, looked, onLook }: ImpactSummaryProps) {
  const impact = useQuery({
    ...api.admin.policy.preview.queryOptions({ draft }),
    placeholderData: keepPreviousData,
  });
  const seesPeople = useMe().data?.permissions.users !== 'none';
  if (impact.isPending) return <Skeleton height="5.5rem" role="status" aria-label="Loading" />;
  if (impact.isLoadingError) return <Failure error={impact.error} />;
  const [first, ...others] = impactInWords(impact.data, draft, requiredSince);
  return (
    <>
      <Notice
        tone={impact.data.lockedOut > 0 ? 'warn' : 'info'}
        title={first ?? ''}
        action={
          seesPeople && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => onLook(true)}
              data-autofocus={looked ? true : undefined}
            >
              See exactly who
            </Anchor>
          )
        }
      >
        <Stack gap={2}>
          {others.map((sentence) => (
            <span key={sentence}>{sentence}</span>
          ))}
        </Stack>
      </Notice>
      <ImpactDrawer opened={looking} onClose={() => onLook(false)} draft={draft} requiredSince={requiredSince} />
    </>
  );
}
