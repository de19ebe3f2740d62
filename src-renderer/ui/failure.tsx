import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { explain, failureOf } from '../explain.ts';
import classes from './notice.module.css';

/** What went wrong with the last act, read out at once; nothing while all is well. */
export function Failure({ error }: { error: unknown }) {
  if (!error) return null;
  const { title, unchanged, next, reference } = explain(error);
  return (
    <Trouble title={title} inView={failureOf(error)?.code !== 'invalidInput'}>
      {unchanged} {next}
      {reference && (
        <>
          {' '}
          Reference <code className={classes.reference}>{reference}</code>
        </>
      )}
    </Trouble>
  );
}

interface TroubleProps {
  title: string;
  children: ReactNode;
  /** Scrolls to where it stands; not where the marked fields matter more. */
  inView?: boolean;
}

/** The same for what the screen notices itself. The title gives no name, or fields named alike would be mistaken for it. */
export function Trouble({ title, children, inView = true }: TroubleProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (inView) box.current?.scrollIntoView({ block: 'nearest' });
  }, [inView]);
  return (
    <div ref={box} role="alert" className={`${classes.notice} ${classes.bad}`}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}
