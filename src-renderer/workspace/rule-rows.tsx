import { NativeSelect, Switch } from '@mantine/core';
import type { Policy } from '../../src-main/domain/policy.ts';
import { Row } from '../ui/card.tsx';
import classes from './policy-card.module.css';
import { AFTER_DEADLINE, ON_ENROL, PERIODS, TRUST } from './policy-words.ts';
import type { PolicyDraft, PolicyView } from './use-policy-draft.ts';

interface RuleRowsProps {
  view: PolicyView;
  draft: PolicyDraft;
}

/** The rules beside the methods, each with what follows from it. */
export function RuleRows({ view, draft: { policy, edit } }: RuleRowsProps) {
  return (
    <>
      {view.policy.enforcement === 'required' && (
        <Rule
          id="compliance-period"
          name="Compliance period"
          consequence="Counted from the day it became mandatory, or from when somebody joined. A shorter one can end today."
          options={PERIODS}
          value={String(policy.complianceDays)}
          onChange={(days) => edit({ complianceDays: Number(days) })}
        />
      )}
      <Rule
        id="after-deadline"
        name="After the deadline"
        consequence={
          policy.afterDeadline === 'block'
            ? 'Whoever has not set it up in time is refused, and needs an admin to get in again.'
            : 'Whoever has not set it up in time does so at the next sign-in, before anything else.'
        }
        options={AFTER_DEADLINE}
        value={policy.afterDeadline}
        onChange={(afterDeadline) => edit({ afterDeadline })}
      />
      <Rule
        id="remember-devices"
        name="Remember devices"
        consequence={REMEMBERED[policy.trust]}
        options={TRUST}
        value={policy.trust}
        onChange={(trust) => edit({ trust })}
      />
      <Rule
        id="on-enrol"
        name="When somebody enrols"
        consequence={
          policy.onEnrol === 'revokeOthers'
            ? 'Setting it up signs the person out everywhere else.'
            : 'Their other sessions go on, opened with a password alone.'
        }
        options={ON_ENROL}
        value={policy.onEnrol}
        onChange={(onEnrol) => edit({ onEnrol })}
      />
      <Toggle
        id="admins-first"
        name="Admins enrol first"
        consequence="Whoever makes two-step verification mandatory must have it on their own account."
        checked={policy.requireAdminEnrolled}
        onChange={(requireAdminEnrolled) => edit({ requireAdminEnrolled })}
      />
      <Toggle
        id="admin-reset"
        name="Resets by admins and help desk"
        consequence={
          policy.adminReset === 'on'
            ? 'They may reset two-step verification for somebody who has lost every way in.'
            : 'Whoever loses mailbox and recovery codes has no way back in.'
        }
        checked={policy.adminReset === 'on'}
        onChange={(on) => edit({ adminReset: on ? 'on' : 'off' })}
      />
    </>
  );
}

const REMEMBERED: Readonly<Record<Policy['trust'], string>> = {
  never: 'Every sign-in asks for the second step.',
  session: 'Whoever ticks “Remember this device” is not asked again until the app is closed.',
  '1d': 'Whoever ticks “Remember this device” is not asked there for a day.',
  '7d': 'Whoever ticks “Remember this device” is not asked there for a week.',
  '30d': 'Whoever ticks “Remember this device” is not asked there for 30 days.',
};

interface RuleProps<V extends string> {
  id: string;
  name: string;
  consequence: string;
  options: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}

function Rule<V extends string>({ id, name, consequence, options, value, onChange }: RuleProps<V>) {
  return (
    <div className={classes.row}>
      <Row name={<label htmlFor={id}>{name}</label>} consequence={consequence}>
        <NativeSelect
          id={id}
          className={classes.select ?? ''}
          data={[...options]}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value as V)}
        />
      </Row>
    </div>
  );
}

interface ToggleProps {
  id: string;
  name: string;
  consequence: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Toggle({ id, name, consequence, checked, onChange }: ToggleProps) {
  return (
    <div className={classes.row}>
      <Row name={<label htmlFor={id}>{name}</label>} consequence={consequence}>
        <Switch id={id} size="md" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      </Row>
    </div>
  );
}
