import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Card, Row } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import classes from './policy-card.module.css';
import type { PolicyView } from './use-policy-draft.ts';

/** The end of the second step for everybody, apart from everything else, and advised against (R29). */
export function SwitchOffCard({ view }: { view: PolicyView }) {
  const [open, setOpen] = useState(false);
  const { active } = view.counts;
  return (
    <section aria-labelledby="switch-off" className={classes.danger}>
      <Card>
        <Row
          name={<span id="switch-off">Switch off for everyone</span>}
          consequence="A password alone would open every account, also of those who chose otherwise. We advise against it."
        >
          <Button variant="outline" color="red" onClick={() => setOpen(true)}>
            Switch off for everyone
          </Button>
        </Row>
      </Card>
      <ChangeDialog
        opened={open}
        onClose={() => setOpen(false)}
        title="Switch off for everyone"
        view={view}
        content={{
          policy: { ...view.policy, enforcement: 'off' },
          firstStep: 'What follows',
          danger: true,
          reminder: 'With this code, two-step verification is switched off for everyone.',
          success: ['Two-step verification is switched off for everyone', 'You can switch it on again at any time.'],
          children: (
            <>
              <Notice tone="warn" title="We advise against it">
                Stolen and guessed passwords are how most accounts are lost. If one method is the trouble, take only
                that one away; if some people are, grant them an exception.
              </Notice>
              <Text size="sm">
                {active === 0
                  ? 'Nobody has set it up, and nobody will be able to.'
                  : `${active === 1 ? 'One person has' : `${active.toLocaleString('en')} people have`} set it up and will no longer be asked for a second step. What they set up is kept.`}{' '}
                Sessions go on; this applies from each person’s next sign-in.
              </Text>
            </>
          ),
        }}
      />
    </section>
  );
}
