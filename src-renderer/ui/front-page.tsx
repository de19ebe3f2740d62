import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './front-page.module.css';
import { Mark } from './mark.tsx';

interface FrontPageProps {
  title: string;
  lead: ReactNode;
  children: ReactNode;
  /** Below the form: where mail goes, demonstration accounts. */
  aside?: ReactNode;
  wide?: boolean;
}

/** The page of somebody who is not in yet: a door at the left where there is room, one form at the right. */
export function FrontPage({ title, lead, children, aside, wide = false }: FrontPageProps) {
  return (
    <div className={classes.page}>
      <title>{`${title} · Vestibule`}</title>
      <section className={classes.door} aria-label="Vestibule">
        <div className={classes.brand}>
          <Mark size={30} />
          <span>Vestibule</span>
        </div>
        <DoorWithinDoor />
        <p className={classes.motto}>
          Two doors to every account: the password opens the first, the second step opens the other.
        </p>
      </section>
      <main className={classes.main} data-wide={wide || undefined}>
        <div className={classes.sheet}>
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          <Text size="sm" c="dimmed" className={classes.lead}>
            {lead}
          </Text>
          {children}
        </div>
        {aside && <div className={classes.aside}>{aside}</div>}
      </main>
    </div>
  );
}

function DoorWithinDoor() {
  const arch = (inset: number) => {
    const radius = 150 - inset;
    return `M${10 + inset} 420V160a${radius} ${radius} 0 0 1 ${radius * 2} 0v260`;
  };
  return (
    <svg className={classes.drawing} viewBox="0 0 320 420" fill="none" aria-hidden="true">
      {[0, 26, 52, 78].map((inset, depth) => (
        <path key={inset} d={arch(inset)} stroke="currentColor" strokeWidth="1.5" opacity={0.18 + depth * 0.14} />
      ))}
      <path d={`${arch(104)}z`} fill="currentColor" opacity="0.92" />
      <circle cx="188" cy="300" r="5" fill="var(--door)" />
    </svg>
  );
}
