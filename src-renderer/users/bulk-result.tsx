import { Button, Group, Stack } from '@mantine/core';
import type { Person } from '../../src-main/domain/people.ts';
import type { Explanation } from '../explain.ts';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import classes from './bulk-result.module.css';
import { people } from './import-words.ts';
import type { BulkOutcome } from './use-bulk.ts';

interface BulkResultProps {
  outcome: BulkOutcome;
  onClose: () => void;
}

/** To how many it was done, who was refused and why, and whom it never came to. */
export function BulkResult({ outcome, onClose }: BulkResultProps) {
  const { order, done, already, refused, unreached, error } = outcome;
  const left = `${people(unreached)} ${unreached === 1 ? 'was' : 'were'} not reached and ${unreached === 1 ? 'stays' : 'stay'} selected.`;
  return (
    <Stack gap="md">
      <div role="status">
        <Notice
          tone={done.length > 0 ? 'good' : 'info'}
          title={done.length > 0 ? order.told(done.length) : 'Nothing was done'}
        >
          {already > 0 && `${already.toLocaleString('en')} of them ${already === 1 ? 'was' : 'were'} ${order.already}.`}
        </Notice>
      </div>
      {byReason(refused).map(({ why, names }) => (
        <Notice key={why.title} tone="warn" title={why.title}>
          <ul className={classes.names} aria-label={`Refused: ${why.title}`}>
            {names.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
          {why.next} {why.reference && `Reference ${why.reference}. `}
          {names.length === 1 ? 'This one stays selected.' : 'These stay selected.'}
        </Notice>
      ))}
      <Failure error={error} />
      {unreached > 0 && <Notice title={error ? 'Stopped' : 'Cancelled'}>{left}</Notice>}
      <Group justify="flex-end">
        <Button onClick={onClose} autoFocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

/** Many are mostly refused for the same reason, which is then said once. */
function byReason(refused: BulkOutcome['refused']) {
  const reasons = new Map<string, { why: Explanation; names: Person[] }>();
  for (const { person, why } of refused) {
    const found = reasons.get(why.title) ?? { why, names: [] };
    found.names.push(person);
    reasons.set(why.title, found);
  }
  return [...reasons.values()];
}
