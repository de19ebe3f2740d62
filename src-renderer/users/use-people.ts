import type { QueryClient } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PeopleFilter, PeopleOrder, Person } from '../../src-main/domain/people.ts';
import type { Answers } from '../api.ts';
import { api, client } from '../api.ts';

/** Somebody with all that is known of them. */
export type PersonInFull = Answers['admin']['users']['see'];

/** Beyond so many pages a list is not read again as a whole, only the rows that something was done to. */
const PAGES_READ_AGAIN = 4;

const LIST = [...api.admin.people.pathKey(), 'pages'];

/**
 * The list page by page, as far as it was scrolled. Not tRPC's own infinite query, which puts a `direction` of its own
 * into the input.
 */
export function usePeople(filter: PeopleFilter, order: PeopleOrder) {
  return useInfiniteQuery({
    queryKey: [...LIST, filter, order],
    queryFn: ({ pageParam, signal }) =>
      client.admin.people.list.query({ ...filter, ...order, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: ({ state }) => ((state.data?.pages.length ?? 0) > PAGES_READ_AGAIN ? 'static' : 2_000),
  });
}

/** How many fit; undefined until that is known. */
export function useCount(filter: PeopleFilter): number | undefined {
  return useQuery({ ...api.admin.people.count.queryOptions(filter), placeholderData: keepPreviousData }).data?.total;
}

interface Pages {
  readonly pages: readonly { readonly rows: readonly Person[] }[];
}

function renewRows(queries: QueryClient, renew: (row: Person) => Person) {
  queries.setQueriesData<Pages>(
    { queryKey: LIST },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, rows: page.rows.map(renew) })) },
  );
}

/** For after something was done to somebody: their row is read again wherever it stands, and so is all that counts people. */
export function useReadAgain() {
  const queries = useQueryClient();
  return async (id: string) => {
    await queries.invalidateQueries(api.admin.users.pathFilter());
    const fresh: Person | null = await queries.fetchQuery(api.admin.users.see.queryOptions({ id })).catch(() => null);
    renewRows(queries, (row) => (row.id === id && fresh ? fresh : row));
    await queries.invalidateQueries(api.admin.people.pathFilter());
  };
}

/**
 * For after the same was done to many: their rows show it at once, also in a list too long to be read again, and then all
 * that may have changed is asked for, once.
 */
export function useReadManyAgain() {
  const queries = useQueryClient();
  return async (ids: readonly string[], change: Partial<Person>) => {
    const touched = new Set(ids);
    renewRows(queries, (row) => (touched.has(row.id) ? { ...row, ...change } : row));
    await Promise.all(
      [api.admin.people, api.admin.users, api.admin.groups].map((part) => queries.invalidateQueries(part.pathFilter())),
    );
  };
}
