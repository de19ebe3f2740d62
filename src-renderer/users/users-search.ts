import { getRouteApi } from '@tanstack/react-router';
import type { Role } from '../../src-main/domain/account.ts';
import type { PeopleFilter, PeopleOrder, PeopleSort, PeopleStatus } from '../../src-main/domain/people.ts';
import { ROLES } from '../ui/roles.ts';
import { USERS_DIALOGS, type UsersDialog } from '../ui/signposts.ts';

/** What the list can be narrowed down to, by its name on screen. */
export const STATUSES: Readonly<Record<PeopleStatus, string>> = {
  active: 'Active',
  off: 'Off',
  overdue: 'Overdue',
  invited: 'Invited',
  locked: 'Locked',
  suspended: 'Suspended',
  noPhone: 'No phone number',
};

const SORTS: readonly PeopleSort[] = ['name', 'email', 'lastSignIn', 'created'];

/** The page's state as it stands in the address, so that a view can be kept and gone back to. */
export interface UsersSearch {
  readonly search?: string | undefined;
  readonly status?: PeopleStatus | undefined;
  readonly role?: Role | undefined;
  readonly group?: string | undefined;
  readonly sort?: PeopleSort | undefined;
  readonly direction?: 'desc' | undefined;
  /** Whose details are open. */
  readonly person?: string | undefined;
  readonly dialog?: UsersDialog | undefined;
}

const one = <W extends string>(words: readonly W[], word: unknown) => words.find((each) => each === word);

export const statusOf = (word: unknown) => one(Object.keys(STATUSES) as PeopleStatus[], word);
export const roleOf = (word: unknown) => one(Object.keys(ROLES) as Role[], word);

/** Keeps of an address what this page understands; anybody can write one. */
export function readUsersSearch(given: Record<string, unknown>): UsersSearch {
  const text = (value: unknown) => {
    const read = typeof value === 'number' ? String(value) : value;
    return typeof read === 'string' && read !== '' ? read.slice(0, SEARCH_MAX) : undefined;
  };
  const found: UsersSearch = {
    search: text(given.search),
    status: statusOf(given.status),
    role: roleOf(given.role),
    group: text(given.group),
    sort: one(SORTS, given.sort),
    direction: one(['desc'], given.direction),
    person: text(given.person),
    dialog: one(USERS_DIALOGS, given.dialog),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** As long as the engine searches for. */
export const SEARCH_MAX = 100;

export const filterOf = ({ search, status, role, group }: UsersSearch): PeopleFilter => ({
  search: search ?? '',
  status: status ?? null,
  role: role ?? null,
  groupId: group ?? null,
});

export const orderOf = ({ sort, direction }: UsersSearch): PeopleOrder => ({
  sort: sort ?? 'name',
  direction: direction ?? 'asc',
});

/** Everybody. */
export const NO_FILTER: UsersSearch = { search: undefined, status: undefined, role: undefined, group: undefined };

export const isFiltered = (search: UsersSearch): boolean =>
  [search.search, search.status, search.role, search.group].some((part) => part !== undefined);

const route = getRouteApi('/shell/users');

/** The state in the address, and the way to change parts of it; the rest stays as it is. */
export function useUsersSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (parts: UsersSearch) =>
    void navigate({ search: (before) => ({ ...before, ...parts }), replace: true, resetScroll: false });
  return { search, change };
}
