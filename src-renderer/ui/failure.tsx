import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { explain } from '../explain.ts';
import classes from './notice.module.css';

/** What went wrong with the last act, read out at once; nothing while all is well. */
export function Failure({ error }: { error: unknown }) {
  if (!error) return null;
  const { title, unchanged, next, reference } = explain(error);
  return (
    <Trouble title={title}>
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

/** The same for what the screen notices itself. The title gives no name, or fields named alike would be mistaken for it. */
export function Trouble({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="alert" className={`${classes.notice} ${classes.bad}`}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}
