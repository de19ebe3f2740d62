import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PeopleOrder, PeopleSort } from '../../src-main/domain/people.ts';
import classes from './people-table.module.css';

interface PeopleHeadProps {
  order: PeopleOrder;
  onSort: (order: PeopleOrder) => void;
  /** Picks all rows; false where nobody may pick any. */
  box: ReactNode;
}

/** What the columns are called; some of them sort. */
export function PeopleHead({ order, onSort, box }: PeopleHeadProps) {
  const sorted = { order, onSort };
  return (
    <Table.Thead className={classes.head ?? ''}>
      <Table.Tr aria-rowindex={1}>
        {box && <Table.Td className={classes.pick ?? ''}>{box}</Table.Td>}
        <SortedTh {...sorted} sort="name" name="Name" className={classes.nameColumn} />
        <SortedTh {...sorted} sort="email" name="Email" className={classes.email} />
        <Table.Th scope="col" className={classes.role ?? ''}>
          Role
        </Table.Th>
        <Table.Th scope="col" className={classes.statusColumn ?? ''}>
          Status
        </Table.Th>
        <Table.Th scope="col" className={classes.methods ?? ''}>
          Methods
        </Table.Th>
        <SortedTh {...sorted} sort="lastSignIn" name="Last sign-in" newestFirst className={classes.lastSignIn} />
        <Table.Td className={classes.acts ?? ''} />
      </Table.Tr>
    </Table.Thead>
  );
}

interface SortedThProps extends Omit<PeopleHeadProps, 'box'> {
  sort: PeopleSort;
  name: string;
  className: string | undefined;
  newestFirst?: boolean;
}

function SortedTh({ order, onSort, sort, name, className, newestFirst = false }: SortedThProps) {
  const isSorted = order.sort === sort;
  const isUp = order.direction === 'asc';
  const Icon = !isSorted ? IconSelector : isUp ? IconArrowUp : IconArrowDown;
  const direction = isSorted ? (isUp ? 'desc' : 'asc') : newestFirst ? 'desc' : 'asc';
  return (
    <Table.Th
      scope="col"
      className={className ?? ''}
      aria-sort={isSorted ? (isUp ? 'ascending' : 'descending') : 'none'}
    >
      <UnstyledButton className={classes.sort ?? ''} data-sorted={isSorted} onClick={() => onSort({ sort, direction })}>
        {name}
        <Icon size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}
