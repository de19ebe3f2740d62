import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { exactTime } from '../ui/times.ts';
import classes from './person-drawer.module.css';
import type { PersonInFull } from './use-people.ts';

/** Ways round enforcement that hold for somebody, their own and their groups' (R37). */
export function PersonExceptions({ person }: { person: PersonInFull }) {
  const exceptions = useQuery(api.admin.exceptions.list.queryOptions()).data ?? [];
  const theirs = exceptions.filter(
    ({ who }) => who.id === person.id || person.groups.some((group) => group.id === who.id),
  );
  if (theirs.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>Exceptions from policy</h3>
      <ul className={classes.lines}>
        {theirs.map(({ id, kind, who, until, reason, createdBy }) => (
          <li key={id} className={classes.line}>
            <span>
              {kind === 'breakGlass'
                ? 'Account for emergencies'
                : `More time, until ${until === null ? '' : exactTime(until)}`}
              <span className={classes.small}>
                {who.kind === 'group' && `Through ${who.name}. `}
                {reason} ({createdBy || 'a deleted account'})
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
