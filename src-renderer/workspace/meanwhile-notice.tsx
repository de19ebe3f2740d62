import { Button, Group, Stack } from '@mantine/core';
import { Notice } from '../ui/notice.tsx';
import { Differences } from './differences.tsx';
import classes from './policy-card.module.css';
import type { PolicyDraft } from './use-policy-draft.ts';

/** Another admin was quicker: what they changed, and what becomes of one's own edits, which are still there. */
export function MeanwhileNotice({ draft }: { draft: PolicyDraft }) {
  return (
    <div className={classes.part} role="status">
      <Notice
        tone="warn"
        title="Somebody else changed the policy in the meantime"
        action={
          <Group gap="xs">
            <Button size="sm" onClick={draft.rebase}>
              Keep my changes
            </Button>
            <Button size="sm" variant="default" onClick={draft.discard}>
              Discard mine
            </Button>
          </Group>
        }
      >
        <Stack gap="xs">
          <span>This is in force now:</span>
          <Differences of={draft.meanwhile} />
          <span>Your own changes are not saved, and not lost: {draft.changes.map(({ name }) => name).join(', ')}.</span>
        </Stack>
      </Notice>
    </div>
  );
}
