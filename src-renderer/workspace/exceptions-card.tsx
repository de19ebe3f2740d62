import { Button, Table, Text } from '@mantine/core';
import { IconClockPlus, IconLifebuoy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/empty.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import table from '../ui/table.module.css';
import { exactTime, serverNow } from '../ui/times.ts';
import { useMe } from '../ui/use-me.ts';
import { When } from '../ui/when.tsx';
import { EndException } from './end-exception.tsx';
import classes from './exceptions-card.module.css';
import { GrantException } from './grant-exception.tsx';
import type { PolicyView } from './use-policy-draft.ts';

export type Exception = Answers['admin']['exceptions']['list'][number];

/** Who is excepted from the deadline, why, and by whom (R37). */
export function ExceptionsCard({ view }: { view: PolicyView }) {
  const [granting, setGranting] = useState(false);
  const exceptions = useQuery(api.admin.exceptions.list.queryOptions());
  const maySearch = useMe().data?.permissions.users !== 'none';
  const grant = view.canChange && maySearch && (
    <Button variant="default" size="xs" onClick={() => setGranting(true)}>
      Add an exception
    </Button>
  );
  return (
    <section aria-labelledby="exceptions">
      <Card title="Exceptions" titleId="exceptions" titleOrder={2} aside={grant}>
        {exceptions.isPending && (
          <div className={classes.part}>
            <Loading rows={2} />
          </div>
        )}
        {exceptions.isLoadingError && (
          <div className={classes.part}>
            <Problem error={exceptions.error} retry={exceptions.refetch} />
          </div>
        )}
        {exceptions.data?.length === 0 && (
          <Empty Icon={IconClockPlus} title="Nobody is excepted">
            Give somebody, or a whole group, more time than the others, or keep one account for emergencies that is
            never asked. Each exception has a reason, and is on record.
          </Empty>
        )}
        {exceptions.data && exceptions.data.length > 0 && (
          <Exceptions exceptions={exceptions.data} mayEnd={view.canChange} view={view} />
        )}
      </Card>
      <GrantException opened={granting} onClose={() => setGranting(false)} view={view} />
    </section>
  );
}

interface ExceptionsProps {
  exceptions: readonly Exception[];
  mayEnd: boolean;
  view: PolicyView;
}

function Exceptions({ exceptions, mayEnd, view }: ExceptionsProps) {
  const [ending, setEnding] = useState<Exception | null>(null);
  const isOwner = useMe().data?.account.role === 'owner';
  return (
    <>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-labelledby="exceptions" className={`${table.table} ${table.typed}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">For</Table.Th>
              <Table.Th scope="col">What and why</Table.Th>
              <Table.Th scope="col">Granted</Table.Th>
              {mayEnd && <Table.Td />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {exceptions.map((exception) => (
              <Table.Tr key={exception.id}>
                <Table.Td className={classes.name ?? ''}>
                  {exception.who.name}
                  {exception.who.kind === 'group' && (
                    <Text span display="block" size="xs" c="dimmed">
                      Group
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <What exception={exception} />
                  <Text span display="block" size="xs" c="dimmed">
                    {exception.reason}
                  </Text>
                </Table.Td>
                <Table.Td className={classes.name ?? ''}>
                  <When at={exception.createdAt} />
                  <Text span display="block" size="xs" c="dimmed">
                    {exception.createdBy || 'A deleted account'}
                  </Text>
                </Table.Td>
                {mayEnd && (
                  <Table.Td className={table.end ?? ''}>
                    {(isOwner || exception.kind !== 'breakGlass') && (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-label={`End the exception of ${exception.who.name}`}
                        onClick={() => setEnding(exception)}
                      >
                        End
                      </Button>
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <EndException exception={ending} onClose={() => setEnding(null)} view={view} />
    </>
  );
}

function What({ exception: { kind, until } }: { exception: Exception }) {
  if (kind === 'breakGlass' || until === null) {
    return (
      <span className={classes.what}>
        <IconLifebuoy size={16} aria-hidden /> For emergencies
      </span>
    );
  }
  const over = until <= serverNow();
  return (
    <span className={classes.what} data-over={over || undefined}>
      <IconClockPlus size={16} aria-hidden /> {over ? 'Was until' : 'Until'} {exactTime(until)}
    </span>
  );
}
