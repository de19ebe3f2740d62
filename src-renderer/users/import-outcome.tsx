import { Trouble } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import type { ImportView } from './import-words.ts';
import { people, whyOf } from './import-words.ts';

/** How an import ended. */
export function ImportOutcome({ view }: { view: ImportView }) {
  const { state, total, done, added } = view;
  const are = total === 1 ? 'is' : 'are';
  if (state === 'done') {
    return (
      <div role="status">
        <Notice tone="good" title={`${people(total)} ${are} added`}>
          Their invitations are written and go out one after the other. Codes for sign-ins never wait behind them.
        </Notice>
      </div>
    );
  }
  if (added) {
    const left = `${people(done)} of ${total.toLocaleString('en')} ${done === 1 ? 'was' : 'were'} invited. Invite the others from their rows.`;
    return (
      <div role="status">
        <Notice tone="warn" title={`${people(total)} ${are} added, and not all are invited`}>
          {whyOf(view)} {left}
        </Notice>
      </div>
    );
  }
  if (state === 'cancelled') {
    return (
      <div role="status">
        <Notice title="Cancelled">Nobody was added, and no invitation was sent.</Notice>
      </div>
    );
  }
  return (
    <Trouble title="The import did not finish">
      {whyOf(view)} Nobody was added, and no invitation was sent. Check the rows again.
    </Trouble>
  );
}
