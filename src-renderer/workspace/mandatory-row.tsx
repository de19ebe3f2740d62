import { NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Policy } from '../../src-main/domain/policy.ts';
import { Row } from '../ui/card.tsx';
import { StatusWord } from '../ui/status-word.tsx';
import { exactTime, longDate, serverNow } from '../ui/times.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { Differences } from './differences.tsx';
import { EnrolFirst } from './enrol-first.tsx';
import { ImpactSummary } from './impact-summary.tsx';
import { differences, PERIODS, periodName } from './policy-words.ts';
import type { PolicyDraft, PolicyView } from './use-policy-draft.ts';

const DAY = 86_400_000;

interface MandatoryRowProps {
  view: PolicyView;
  draft: PolicyDraft;
}

/** The switch for the whole workspace, with its dialog in both directions (R24, R27). */
export function MandatoryRow({ view, draft }: MandatoryRowProps) {
  const [open, setOpen] = useState(false);
  const control = useRef<HTMLInputElement>(null);
  const close = () => {
    setOpen(false);
    control.current?.focus({ preventScroll: true });
  };
  const required = view.policy.enforcement === 'required';
  return (
    <>
      <Row
        name={
          <>
            <label htmlFor="mandatory">Mandatory two-step verification</label>
            <StatusWord state={required ? 'required' : 'off'} />
          </>
        }
        consequence={required ? sinceWhen(view) : BEFORE[view.policy.enforcement === 'off' ? 'off' : 'optional']}
      >
        <Switch
          ref={control}
          id="mandatory"
          size="md"
          checked={required !== open}
          disabled={!view.canChange}
          onChange={() => setOpen(true)}
        />
      </Row>
      {required ? (
        <Loosen opened={open} onClose={close} view={view} />
      ) : (
        <Enforce opened={open} onClose={close} view={view} draft={draft} />
      )}
    </>
  );
}

const BEFORE = {
  optional: 'Each person decides for themselves. Mandatory, everybody has to set it up by a deadline.',
  off: 'Nobody is asked for a second step, and nobody can set it up. Mandatory, everybody has to.',
};

function sinceWhen({ requiredSince, policy }: PolicyView): string {
  const refused = policy.afterDeadline === 'block' ? ' Whoever is late is refused.' : '';
  if (requiredSince === null || policy.complianceDays === 0) {
    return `Whoever has not set it up does so at the next sign-in.${refused}`;
  }
  const deadline = requiredSince + policy.complianceDays * DAY;
  const newcomers = `newcomers have ${periodName(policy.complianceDays)}`;
  return deadline > serverNow()
    ? `Everybody has to set it up by ${exactTime(deadline)}; ${newcomers}.${refused}`
    : `The deadline was ${exactTime(deadline)}; ${newcomers}.${refused}`;
}

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  view: PolicyView;
}

function Enforce({ opened, onClose, view, draft }: DialogProps & { draft: PolicyDraft }) {
  const [days, setDays] = useState(3);
  const [looking, setLooking] = useState(false);
  const [looked, setLooked] = useState(false);
  const look = (now: boolean) => {
    setLooking(now);
    setLooked(true);
  };
  const close = () => {
    setLooked(false);
    onClose();
  };
  const policy: Policy = { ...draft.policy, enforcement: 'required', complianceDays: days };
  const title = 'Make two-step verification mandatory';
  const others = draft.changes.filter(({ name }) => name !== 'Compliance period');
  const until = days === 0 ? 'at their next sign-in' : `by ${longDate(serverNow() + days * DAY)}`;
  return (
    <ChangeDialog
      opened={opened}
      onClose={close}
      covered={looking}
      title={title}
      view={view}
      content={{
        policy,
        firstStep: 'Deadline',
        reminder: `With this code, two-step verification becomes mandatory. Everybody has to set it up ${until}.`,
        success: ['Two-step verification is mandatory now', 'An email with instructions goes to everybody.'],
        onSaved: draft.discard,
        children: (
          <>
            <EnrolFirst view={view} wanted={policy} />
            <NativeSelect
              label="Compliance period"
              description="How long everybody has to set it up, from now on. Who joins later has as long from then."
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={PERIODS}
              value={String(days)}
              onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
              data-autofocus={looked ? undefined : true}
            />
            <ImpactSummary draft={policy} requiredSince={null} looking={looking} looked={looked} onLook={look} />
            {others.length > 0 && (
              <Stack gap="xs">
                <Text size="sm">Your other changes are saved with it:</Text>
                <Differences of={others} />
              </Stack>
            )}
            <Text size="sm" c="dimmed">
              Everybody gets an email with instructions. Sessions go on; this applies from each person’s next sign-in.
            </Text>
          </>
        ),
      }}
    />
  );
}

function Loosen({ opened, onClose, view }: DialogProps) {
  const policy: Policy = { ...view.policy, enforcement: 'optional' };
  const { active, off } = view.counts;
  return (
    <ChangeDialog
      opened={opened}
      onClose={onClose}
      title="Stop requiring two-step verification"
      view={view}
      content={{
        policy,
        firstStep: 'What follows',
        danger: true,
        reminder: 'With this code, two-step verification is no longer mandatory.',
        success: ['Two-step verification is no longer mandatory', 'Each person decides for themselves now.'],
        children: (
          <>
            <Text size="sm">
              {off === 0
                ? 'Everybody has it today, and keeps it; from now on each person can switch it off.'
                : `${people(off)} without it sign in with their password alone again.`}{' '}
              {off > 0 && active > 0 && `${people(active)} who have it keep it, and may switch it off.`}
            </Text>
            <Differences of={differences(view.policy, policy)} />
          </>
        ),
      }}
    />
  );
}

const people = (count: number) => (count === 1 ? 'One person' : `${count.toLocaleString('en')} people`);
