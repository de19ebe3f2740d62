import type { Person } from '../../src-main/domain/people.ts';
import type { StatusState } from '../ui/status-word.tsx';
import { StatusWord } from '../ui/status-word.tsx';
import classes from './people-table.module.css';

/** How somebody's account stands, what matters most first. */
export function PersonStatus({ person }: { person: Person }) {
  return (
    <span className={classes.states}>
      {statesOf(person).map((state) => (
        <StatusWord key={state} state={state} />
      ))}
    </span>
  );
}

function statesOf({ state, locked, twoStep, compliance }: Person): StatusState[] {
  if (state !== 'active') return [state];
  const asked = compliance === 'overdue' ? 'overdue' : compliance === 'due' ? 'required' : null;
  const guard: StatusState[] = twoStep === 'active' ? (asked ? ['active', asked] : ['active']) : [asked ?? 'off'];
  return locked ? ['locked', ...guard] : guard;
}
