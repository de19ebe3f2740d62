import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import classes from './people-table.module.css';
import { useCount } from './use-people.ts';
import { filterOf, isFiltered, useUsersSearch } from './users-search.ts';

const figure = (count: number) => count.toLocaleString('en');
const users = (count: number) => (count === 1 ? '1 user' : `${figure(count)} users`);

/** How many there are, always in sight. */
export function PeopleFoot({ loadingMore }: { loadingMore: boolean }) {
  const { search } = useUsersSearch();
  const count = useCount(filterOf(search));
  const totals = useQuery(api.admin.people.totals.queryOptions()).data;
  const parts: readonly (readonly [number, string])[] = totals
    ? [
        [totals.active, 'active'],
        [totals.off, 'off'],
        [totals.overdue, 'overdue'],
        [totals.locked, 'locked'],
        [totals.invited, 'invited'],
        [totals.suspended, 'suspended'],
      ]
    : [];
  return (
    <footer className={classes.foot}>
      <span role="status">
        {count !== undefined &&
          (isFiltered(search) ? `${users(count)} of ${figure(totals?.total ?? count)}` : users(count))}
      </span>
      <span aria-hidden={!loadingMore}>{loadingMore && 'Loading more…'}</span>
      <span className={classes.totals}>
        {parts
          .filter(([number]) => number > 0)
          .map(([number, word]) => `${figure(number)} ${word}`)
          .join(' · ')}
      </span>
    </footer>
  );
}
