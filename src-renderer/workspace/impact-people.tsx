import { Group, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ImpactKind } from '../../src-main/domain/impact.ts';
import type { Policy } from '../../src-main/domain/policy.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { ROLES } from '../ui/roles.ts';
import classes from '../ui/table.module.css';
import { deadlineOf, KINDS, WHY } from './impact-words.ts';

interface ImpactPeopleProps {
  draft: Policy;
  kind: ImpactKind;
  total: number;
}

/** Everybody of one kind, by name, a hundred at a time. */
export function ImpactPeople({ draft, kind, total }: ImpactPeopleProps) {
  const queries = useQueryClient();
  // Not tRPC's own infinite query: it adds a `direction` to the input, which the engine refuses.
  const people = useInfiniteQuery({
    queryKey: [...api.admin.policy.previewPeople.queryKey({ draft, kind, cursor: null }), 'pages'],
    queryFn: ({ pageParam }) =>
      queries.fetchQuery(api.admin.policy.previewPeople.queryOptions({ draft, kind, cursor: pageParam })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  if (people.isPending) return <Loading rows={5} />;
  if (people.isLoadingError) return <Problem error={people.error} retry={people.refetch} />;
  const rows = people.data.pages.flatMap((page) => page.rows);
  return (
    <>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-label={KINDS[kind].name} className={`${classes.table} ${classes.typed} ${classes.close}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Person</Table.Th>
              <Table.Th scope="col">Role</Table.Th>
              <Table.Th scope="col">Why</Table.Th>
              <Table.Th scope="col">Deadline</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td>
                  {row.name}
                  <Text span display="block" size="xs" c="dimmed">
                    {row.email}
                  </Text>
                </Table.Td>
                <Table.Td className={classes.whole ?? ''}>{ROLES[row.role]}</Table.Td>
                <Table.Td>{WHY[row.why]}</Table.Td>
                <Table.Td className={`${classes.whole} numerals`}>{deadlineOf(row)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Failure error={people.error} />
      <Group justify="space-between" mt="xs">
        <Text size="sm" c="dimmed" className="numerals" role="status">
          {rows.length.toLocaleString('en')} of {total.toLocaleString('en')} shown
        </Text>
        {people.hasNextPage && (
          <ActButton
            variant="default"
            size="xs"
            pending={people.isFetchingNextPage}
            onClick={() => people.fetchNextPage()}
          >
            Load more
          </ActButton>
        )}
      </Group>
    </>
  );
}
