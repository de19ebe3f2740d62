import { Button, Table, Text } from '@mantine/core';
import { IconSearchOff, IconUsers } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { Empty } from '../ui/empty.tsx';
import { Failure } from '../ui/failure.tsx';
import { Problem } from '../ui/problem.tsx';
import type { Me } from '../ui/use-me.ts';
import type { Act } from './acts.ts';
import { PeopleFoot } from './people-foot.tsx';
import { PeopleHead } from './people-head.tsx';
import classes from './people-table.module.css';
import { PersonRow, SkeletonRow } from './person-row.tsx';
import { Pick } from './pick.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useCount, usePeople } from './use-people.ts';
import { usePicking } from './use-picking.ts';
import { useSelection } from './use-selection.ts';
import { filterOf, isFiltered, NO_FILTER, orderOf, useUsersSearch } from './users-search.ts';

/** Rows drawn beyond what is seen, each way. */
const BEYOND = 12;
/** Grey rows below the last while more are to come. */
const TO_COME = 4;
const ROW_REM = 2.75;
const NONE: readonly Person[] = [];

interface PeopleTableProps {
  me: Me;
  onAct: (act: Act | 'details', person: Person) => void;
}

/** The list, drawn as far as it is seen and fetched as far as it was scrolled, so that 100,000 rows cost no more than 40. */
export function PeopleTable({ me, onAct }: PeopleTableProps) {
  const { search, change } = useUsersSearch();
  const order = orderOf(search);
  const filter = filterOf(search);
  const people = usePeople(filter, order);
  const total = useCount(filter);
  const rows = useMemo(() => people.data?.pages.flatMap((page) => page.rows) ?? [], [people.data]);
  const act = useEffectEvent(onAct);
  const onRowAct = useCallback((chosen: Act | 'details', person: Person) => act(chosen, person), []);
  const manages = me.permissions.users === 'manage';
  const selection = useSelection(people.isPlaceholderData ? NONE : rows, JSON.stringify([filter, order]));
  const { list, bar, all, onPick, onKey, toBoxes } = usePicking(selection);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = people;
  const count = people.isPending ? 10 : rows.length + (hasNextPage ? TO_COME : 0);
  const { body, items, before, after, measure } = useSeenRows(count);

  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastSeen >= rows.length - BEYOND && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [lastSeen, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (people.isLoadingError) return <Problem error={people.error} retry={people.refetch} />;
  return (
    <section ref={list} className={classes.card} aria-label="Everybody">
      <Table
        aria-label="Users"
        horizontalSpacing="sm"
        aria-rowcount={total === undefined ? -1 : total + 1}
        aria-busy={people.isPending || people.isPlaceholderData}
        data-old={people.isPlaceholderData || undefined}
        className={classes.table ?? ''}
      >
        <PeopleHead
          order={order}
          box={
            manages && (
              <Pick
                ref={all}
                name="Select all shown"
                picked={rows.length > 0 && rows.every(({ id }) => selection.people.has(id))}
                mixed={selection.people.size > 0 && rows.some(({ id }) => !selection.people.has(id))}
                disabled={rows.length === 0}
                onKeyDown={onKey}
                onPick={() => selection.pickAll(rows.some(({ id }) => !selection.people.has(id)))}
              />
            )
          }
          onSort={({ sort, direction }) =>
            change({ sort: sort === 'name' ? undefined : sort, direction: direction === 'desc' ? 'desc' : undefined })
          }
        />
        <Table.Tbody ref={body}>
          <Spacer height={before} />
          {items.map(({ index }) => {
            const person = rows[index];
            if (!person) {
              return <SkeletonRow key={`skeleton-${index}`} index={index} measure={measure} withBox={manages} />;
            }
            return (
              <PersonRow
                key={person.id}
                person={person}
                me={me}
                index={index}
                measure={measure}
                picked={manages ? selection.people.has(person.id) : null}
                onPick={onPick}
                onKey={onKey}
                onAct={onRowAct}
              />
            );
          })}
          <Spacer height={after} />
        </Table.Tbody>
      </Table>
      {!people.isPending && <EmptyList me={me} rows={rows} />}
      {isFetchNextPageError && (
        <div className={classes.part}>
          <Failure error={people.error} />
          <Button variant="default" onClick={() => void fetchNextPage()}>
            Try again
          </Button>
        </div>
      )}
      <div className={classes.bottom}>
        {manages && <SelectionBar me={me} selection={selection} bar={bar} onGone={toBoxes} />}
        <PeopleFoot loadingMore={isFetchingNextPage} />
      </div>
    </section>
  );
}

/** Which rows lie within the window, and how much room those before and after them take. */
function useSeenRows(count: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setTop(Math.round(body.current.getBoundingClientRect().top + window.scrollY));
  });
  const list = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    overscan: BEYOND,
    scrollMargin: top,
  });
  const items = list.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return {
    body,
    items,
    before: first ? first.start - top : 0,
    after: last ? list.getTotalSize() - (last.end - top) : 0,
    measure: list.measureElement,
  };
}

function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={classes.spacer}>
      <td style={{ height }} />
    </tr>
  );
}

/** Nobody fits, or nobody but oneself is there. */
function EmptyList({ me, rows }: { me: Me; rows: readonly Person[] }) {
  const { search, change } = useUsersSearch();
  if (rows.length === 0) {
    return (
      <Empty Icon={IconSearchOff} title="No users match">
        <Text size="sm" mb="sm">
          Nobody in this workspace fits what you are looking for.
        </Text>
        <Button variant="default" size="xs" onClick={() => change(NO_FILTER)}>
          Clear filters
        </Button>
      </Empty>
    );
  }
  if (rows.length > 1 || isFiltered(search) || me.permissions.users !== 'manage') return null;
  return (
    <Empty Icon={IconUsers} title="Only you are here so far">
      <Text size="sm" mb="sm">
        Add people one by one, or import a list. Each gets an invitation by mail.
      </Text>
      <Button size="xs" onClick={() => change({ dialog: 'add' })}>
        Add the first user
      </Button>
    </Empty>
  );
}
