import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { Card, Foot } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { Differences } from './differences.tsx';
import { EnrolFirst } from './enrol-first.tsx';
import { ImpactDrawer } from './impact-drawer.tsx';
import { InstructionsRow } from './instructions-row.tsx';
import { MandatoryRow } from './mandatory-row.tsx';
import { MeanwhileNotice } from './meanwhile-notice.tsx';
import { MethodsPart } from './methods-part.tsx';
import classes from './policy-card.module.css';
import { RuleRows } from './rule-rows.tsx';
import { type PolicyDraft, type PolicyView, usePolicyDraft } from './use-policy-draft.ts';

/** The workspace's one policy: the big switch, then its rules, which are edited together and saved with a code (R24–R34). */
export function PolicyCard({ view }: { view: PolicyView }) {
  const draft = usePolicyDraft(view);
  const [saving, setSaving] = useState(false);
  const [looking, setLooking] = useState(false);
  const required = view.policy.enforcement === 'required';
  return (
    <section aria-labelledby="policy">
      <Card
        title="Two-step verification policy"
        titleId="policy"
        titleOrder={2}
        aside={
          <Button
            variant="default"
            size="xs"
            leftSection={<IconUsersGroup size={16} aria-hidden />}
            onClick={() => setLooking(true)}
          >
            Preview impact
          </Button>
        }
      >
        {view.policy.enforcement === 'off' && <OffNotice view={view} />}
        {!view.canChange && (
          <div className={classes.part}>
            <Notice>Your role lets you look at this, not change it. Ask an owner of the workspace.</Notice>
          </div>
        )}
        <MandatoryRow view={view} draft={draft} />
        {required && <InstructionsRow view={view} />}
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            setSaving(true);
          }}
        >
          <fieldset className={classes.fields} disabled={!view.canChange}>
            <legend className="visually-hidden">Rules</legend>
            <MethodsPart view={view} draft={draft} />
            <RuleRows view={view} draft={draft} />
          </fieldset>
          <Foot>
            {draft.meanwhile.length > 0 ? (
              <MeanwhileNotice draft={draft} />
            ) : (
              <SaveBar changed={draft.changes.map(({ name }) => name)} pending={false} onDiscard={draft.discard} />
            )}
          </Foot>
        </form>
      </Card>
      <SaveDialog opened={saving} onClose={() => setSaving(false)} view={view} draft={draft} />
      <ImpactDrawer
        opened={looking}
        onClose={() => setLooking(false)}
        draft={draft.policy}
        requiredSince={view.requiredSince}
        choosePeriod={!required}
      />
    </section>
  );
}

interface SaveDialogProps {
  opened: boolean;
  onClose: () => void;
  view: PolicyView;
  draft: PolicyDraft;
}

function SaveDialog({ opened, onClose, view, draft }: SaveDialogProps) {
  return (
    <ChangeDialog
      opened={opened}
      onClose={onClose}
      title="Save the policy"
      view={view}
      content={{
        policy: draft.policy,
        firstStep: 'Changes',
        reminder: `With this code the policy is saved: ${draft.changes.map(({ name }) => name).join(', ')}.`,
        success: ['The policy is saved', 'It applies from each person’s next sign-in.'],
        onSaved: draft.discard,
        children: (
          <>
            <EnrolFirst view={view} wanted={draft.policy} />
            <Differences of={draft.changes} />
            <p className={classes.words}>
              Sessions go on; the change applies from each person’s next sign-in. Devices that were remembered are asked
              for a second step once more.
            </p>
          </>
        ),
      }}
    />
  );
}

/** R29: nobody is asked for a second step, and the page says so before anything else. */
function OffNotice({ view }: { view: PolicyView }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.part}>
      <Notice
        tone="warn"
        title="Two-step verification is switched off for everyone"
        action={
          view.canChange && (
            <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
              Switch on again
            </Button>
          )
        }
      >
        A password alone opens every account. What people had set up is kept, and counts again once this is over.
      </Notice>
      <ChangeDialog
        opened={open}
        onClose={() => setOpen(false)}
        title="Switch two-step verification on again"
        view={view}
        content={{
          policy: { ...view.policy, enforcement: 'optional' },
          firstStep: 'What follows',
          reminder: 'With this code, two-step verification counts again.',
          success: ['Two-step verification is back', 'Whoever had set it up is asked for a second step again.'],
          children: (
            <p className={classes.words}>
              Whoever had set it up is asked for a second step again, from their next sign-in. Everybody else decides
              for themselves. Sessions go on.
            </p>
          ),
        }}
      />
    </div>
  );
}
