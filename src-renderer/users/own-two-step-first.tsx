import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';

/**
 * In place of a form that the engine would refuse: who has no second step cannot prove enough.
 * @param what needs it, where that is not the whole form
 */
export function OwnTwoStepFirst({ what = 'This' }: { what?: string }) {
  return (
    <Notice
      tone="warn"
      title="Switch on your own two-step verification first"
      action={
        <ButtonLink to="/profile" search={{ dialog: 'twoStep' }} size="xs">
          Enable two-step verification
        </ButtonLink>
      }
    >
      {what} needs your password and one more proof that it is you. With a password alone, a thief of it could do this
      too.
    </Notice>
  );
}
