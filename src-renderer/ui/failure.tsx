import { IconAlertTriangle } from '@tabler/icons-react';
import { explain } from '../explain.ts';
import classes from './notice.module.css';

/** What went wrong with the last act, read out at once; nothing while all is well. */
export function Failure({ error }: { error: unknown }) {
  if (!error) return null;
  const { title, unchanged, next, reference } = explain(error);
  return (
    <div role="alert" className={`${classes.notice} ${classes.bad}`}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {unchanged} {next}
        {reference && (
          <>
            {' '}
            Reference <code className={classes.reference}>{reference}</code>
          </>
        )}
      </div>
    </div>
  );
}
