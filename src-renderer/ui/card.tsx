import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  title?: string;
  /** For tables and lists that take their name from the title. */
  titleId?: string;
  /** 2 where the card is a part of the page by itself. */
  titleOrder?: 2 | 3;
  aside?: ReactNode;
  children: ReactNode;
}

/** A group of settings: rows one under the other, with lines between them. */
export function Card({ title, titleId, titleOrder = 3, aside, children }: CardProps) {
  return (
    <section className={classes.card}>
      {title && (
        <header className={classes.header}>
          <Title order={titleOrder} id={titleId}>
            {title}
          </Title>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

interface RowProps {
  name: ReactNode;
  /** One sentence on what it does or what follows from it. */
  consequence: ReactNode;
  children?: ReactNode;
}

/** Name and consequence at the left, the control at the right. */
export function Row({ name, consequence, children }: RowProps) {
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>{name}</div>
        <div className={classes.consequence}>{consequence}</div>
      </div>
      {children && <div className={classes.control}>{children}</div>}
    </div>
  );
}

/** What is to be done about the card's content: in sight at the lower edge of the window while one looks through it. */
export function Foot({ children }: { children: ReactNode }) {
  return <div className={classes.foot}>{children}</div>;
}
