import type { Role } from '../../domain/account.ts';
import type { PeopleFilter, PeopleStatus } from '../../domain/people.ts';
import { ROLES } from './enumerations.ts';

/** As in the view `people_of_accounts`: the tens of a cell. */
const STATES = ['off', 'active', 'invited', 'suspended'] as const;

export interface Cell {
  readonly cell: number;
  readonly state: (typeof STATES)[number];
  readonly role: Role;
  readonly hasPhone: boolean;
}

/** Every cell there is: state × role × phone known. Each person is in one; each index of `people` begins with it. */
export const CELLS: readonly Cell[] = STATES.flatMap((state, tens) =>
  ROLES.flatMap((role, rank) =>
    [true, false].map((hasPhone) => ({ cell: 10 * tens + 2 * rank + (hasPhone ? 0 : 1), state, role, hasPhone })),
  ),
);

const OF_STATUS: Readonly<Record<PeopleStatus, (cell: Cell) => boolean>> = {
  active: ({ state }) => state === 'active',
  off: ({ state }) => state === 'off',
  invited: ({ state }) => state === 'invited',
  suspended: ({ state }) => state === 'suspended',
  noPhone: ({ hasPhone }) => !hasPhone,
  locked: () => true,
  overdue: ({ state }) => state === 'off' || state === 'active',
};

/** What a cell says, as SQL of somebody called `p`. */
export const IS_OFF = 'p.cell < 10';
export const IS_ACTIVE = 'p.cell / 10 = 1';
export const IS_OWNER = 'p.cell % 10 < 2';
export const IS_PRIVILEGED = 'p.cell % 10 < 8';
export const PHONE_IS_KNOWN = 'p.cell % 2 = 0';

/** The cells whose people a filter can let through; which of them it does, `locked`, `overdue`, group and search may still say. */
export function cellsOf({ status, role }: Pick<PeopleFilter, 'status' | 'role'>): number[] {
  return CELLS.filter(
    (cell) => (role === null || cell.role === role) && (status === null || OF_STATUS[status](cell)),
  ).map(({ cell }) => cell);
}

/** Those without two-step verification who have joined. */
export const OFF_CELLS = cellsOf({ status: 'off', role: null });
/** Those with it who have more than a member's rights. */
export const PRIVILEGED_CELLS = CELLS.filter(({ state, role }) => state === 'active' && role !== 'member').map(
  ({ cell }) => cell,
);
