import { Drawer, Group, NativeSelect, ScrollArea, Stack, Tabs, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Impact, ImpactKind } from '../../src-main/domain/impact.ts';
import type { Policy } from '../../src-main/domain/policy.ts';
import { api } from '../api.ts';
import { CsvButton } from '../ui/csv-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { useMe } from '../ui/use-me.ts';
import classes from './impact-drawer.module.css';
import { ImpactPeople } from './impact-people.tsx';
import { impactInWords, KIND_ORDER, KINDS } from './impact-words.ts';
import { PERIODS } from './policy-words.ts';

interface ImpactDrawerProps {
  opened: boolean;
  onClose: () => void;
  /** What is looked at; where it does not require two-step verification, as if it did. */
  draft: Policy;
  requiredSince: number | null;
  /** Lets the period be tried out. */
  choosePeriod?: boolean;
}

/** Exactly who would be affected, and how (R36). */
export function ImpactDrawer({ opened, onClose, choosePeriod = false, ...rest }: ImpactDrawerProps) {
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      size="46rem"
      padding="lg"
      transitionProps={{ duration: 120 }}
      zIndex={300}
    >
      <Drawer.Overlay backgroundOpacity={0.5} />
      <Drawer.Content>
        {/* Not Mantine's header, which would be a second banner where the drawer lies over a dialog. */}
        <div className={classes.head}>
          <Drawer.Title>{choosePeriod ? 'If it were mandatory now' : 'Impact of this policy'}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>
          <ImpactView choosePeriod={choosePeriod} {...rest} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function ImpactView({ draft: given, requiredSince, choosePeriod }: Omit<ImpactDrawerProps, 'opened' | 'onClose'>) {
  const [days, setDays] = useState(choosePeriod ? 3 : given.complianceDays);
  const draft: Policy = { ...given, enforcement: 'required', complianceDays: days };
  const impact = useQuery({ ...api.admin.policy.preview.queryOptions({ draft }), placeholderData: keepPreviousData });
  const csv = useMutation(api.admin.policy.previewCsv.mutationOptions());
  const seesPeople = useMe().data?.permissions.users !== 'none';
  if (impact.isPending) return <Loading rows={6} />;
  if (impact.isLoadingError) return <Problem error={impact.error} retry={impact.refetch} />;
  return (
    <Stack gap="lg">
      {choosePeriod && (
        <NativeSelect
          label="Compliance period"
          data={PERIODS}
          value={String(days)}
          onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
          maw="20rem"
          data-autofocus
        />
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          {impactInWords(impact.data, draft, requiredSince).map((sentence) => (
            <Text key={sentence} size="sm">
              {sentence}
            </Text>
          ))}
          <Text size="sm" c="dimmed">
            Invited and suspended accounts are not counted.
          </Text>
        </div>
        {seesPeople && (
          <Stack gap="xs" align="flex-start">
            <CsvButton
              label="Download CSV"
              fileName="two-step-impact.csv"
              page={(cursor) => csv.mutateAsync({ draft, cursor })}
            />
          </Stack>
        )}
      </Group>
      {seesPeople ? (
        <Kinds impact={impact.data} draft={draft} />
      ) : (
        <Text size="sm" c="dimmed">
          Names and addresses are shown to those whose role may view Users. Yours may not.
        </Text>
      )}
    </Stack>
  );
}

function Kinds({ impact, draft }: { impact: Impact; draft: Policy }) {
  const kinds = KIND_ORDER.filter((kind) => impact[kind] > 0);
  const [chosen, setChosen] = useState<ImpactKind | null>(null);
  const shown = chosen && kinds.includes(chosen) ? chosen : kinds[0];
  if (!shown) return null;
  return (
    <Tabs value={shown} onChange={(next) => setChosen(next as ImpactKind)} keepMounted={false}>
      <ScrollArea type="auto" offsetScrollbars="present" scrollbarSize={6}>
        <Tabs.List className={classes.tabs ?? ''} aria-label="Kinds of people">
          {kinds.map((kind) => (
            <Tabs.Tab key={kind} value={kind}>
              {KINDS[kind].name} <span className={classes.count}>{impact[kind].toLocaleString('en')}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </ScrollArea>
      {kinds.map((kind) => (
        <Tabs.Panel key={kind} value={kind} pt="sm">
          <Text size="sm" c="dimmed" mb="xs">
            {KINDS[kind].hint}
          </Text>
          <ImpactPeople draft={draft} kind={kind} total={impact[kind]} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
