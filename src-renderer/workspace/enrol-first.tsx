import type { Policy } from '../../src-main/domain/policy.ts';
import { Trouble } from '../ui/failure.tsx';
import { AnchorLink } from '../ui/links.tsx';
import type { PolicyView } from './use-policy-draft.ts';

/** R25: what takes one's own two-step verification is said before a code is sent in vain; nothing where it is there. */
export function EnrolFirst({ view, wanted }: { view: PolicyView; wanted: Policy }) {
  if (!mustEnrolFirst(view, wanted)) return null;
  return (
    <Trouble title="Switch on your own two-step verification first">
      Whoever requires it of others, or says that admins need not have it, must have it. Go to{' '}
      <AnchorLink to="/profile" search={{ dialog: 'twoStep' }} inherit>
        Profile settings → Security
      </AnchorLink>
      .
    </Trouble>
  );
}

/** The engine decides; this only spares a code. */
function mustEnrolFirst({ ownTwoStep, policy: present }: PolicyView, wanted: Policy): boolean {
  if (ownTwoStep === 'active') return false;
  const lifts = present.requireAdminEnrolled && !wanted.requireAdminEnrolled;
  const begins = wanted.enforcement === 'required' && present.enforcement !== 'required';
  const strict = wanted.enforcement === 'required' && wanted.afterDeadline === 'block';
  const becomesStrict = strict && (begins || present.afterDeadline !== 'block');
  return lifts || becomesStrict || (begins && (present.requireAdminEnrolled || wanted.requireAdminEnrolled));
}
