import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  title: string;
  lead: string;
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A page after sign-in: title, one sentence, main action at the right, then its content. */
export function Page({ title, lead, action, wide = false, children }: PageProps) {
  return (
    <div className={classes.page} data-wide={wide || undefined}>
      <title>{`${title} · Vestibule`}</title>
      <header className={classes.header}>
        <div>
          <Title order={1}>{title}</Title>
          <p className={classes.lead}>{lead}</p>
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}
