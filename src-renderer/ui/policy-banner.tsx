import { IconShieldExclamation } from '@tabler/icons-react';
import { ButtonLink } from './links.tsx';
import classes from './policy-banner.module.css';
import { nearTime, timeLeftLong } from './times.ts';
import { useCountdown } from './use-countdown.ts';
import type { Me } from './use-me.ts';
import { WrongClock } from './wrong-clock.tsx';

/** What policy asks of this person, on every page until it is done (R26, R29, S37). */
export function PolicyBanner({ me }: { me: Me }) {
  return (
    <>
      {me.clock === 'wrong' && <WrongClock me={me} />}
      {me.compliance.kind === 'due' && <Deadline at={me.compliance.deadline} />}
      {me.methodGone && <MethodGone />}
    </>
  );
}

function Deadline({ at }: { at: number }) {
  const left = useCountdown(at);
  return (
    <aside className={classes.banner} aria-label="Deadline">
      <IconShieldExclamation size={20} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <strong>Your workspace requires two-step verification.</strong>{' '}
        {left > 0
          ? `${timeLeftLong(at)} left, until ${nearTime(at)}.`
          : 'The time is over: your next sign-in asks you to set it up.'}
      </p>
      <ButtonLink to="/profile" search={{ dialog: 'twoStep' }} size="xs" className={classes.act ?? ''}>
        Set it up
      </ButtonLink>
    </aside>
  );
}

function MethodGone() {
  return (
    <aside className={classes.banner} aria-label="Method">
      <IconShieldExclamation size={20} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <strong>Your method is not allowed any more.</strong> It still lets you in because you have no other. Add one
        that your workspace allows.
      </p>
      <ButtonLink to="/profile" size="xs" className={classes.act ?? ''}>
        Your methods
      </ButtonLink>
    </aside>
  );
}
