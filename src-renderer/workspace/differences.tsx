import classes from './differences.module.css';
import type { Difference } from './policy-words.ts';

/** What a change does, line by line: name, before, after. */
export function Differences({ of }: { of: readonly Difference[] }) {
  return (
    <ul className={classes.list}>
      {of.map(({ name, before, after }) => (
        <li key={name}>
          <span className={classes.name}>{name}</span>
          <span className={classes.values}>
            <span className="visually-hidden">from </span>
            <span className={classes.before}>{before}</span>
            <span aria-hidden> → </span>
            <span className="visually-hidden"> to </span>
            <strong>{after}</strong>
          </span>
        </li>
      ))}
    </ul>
  );
}
