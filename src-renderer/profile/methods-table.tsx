import { Table, Text } from '@mantine/core';
import { IconStarFilled } from '@tabler/icons-react';
import { Card } from '../ui/card.tsx';
import { METHODS } from '../ui/methods.ts';
import classes from '../ui/table.module.css';
import type { TwoStep } from '../ui/use-me.ts';
import { When } from '../ui/when.tsx';

/** The account's factors, the preferred one marked (R13). */
export function MethodsTable({ methods }: { methods: TwoStep['methods'] }) {
  return (
    <Card title="Your methods" titleId="your-methods">
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-labelledby="your-methods" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Name</Table.Th>
              <Table.Th scope="col">Created</Table.Th>
              <Table.Th scope="col">Last used</Table.Th>
              <Table.Th scope="col">Preferred</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {methods.map((factor) => {
              const { name, Icon } = METHODS[factor.method];
              return (
                <Table.Tr key={factor.id}>
                  <Table.Td>
                    <span className={classes.withIcon}>
                      <Icon size={18} aria-hidden />
                      <span>
                        {name}
                        <Text span display="block" size="xs" c="dimmed">
                          {factor.address ?? factor.name}
                        </Text>
                      </span>
                    </span>
                  </Table.Td>
                  <Table.Td>
                    <When at={factor.createdAt} />
                  </Table.Td>
                  <Table.Td>{factor.lastUsedAt === null ? 'Not yet' : <When at={factor.lastUsedAt} />}</Table.Td>
                  <Table.Td>
                    {factor.preferred && (
                      <span className={classes.mark}>
                        <IconStarFilled size={14} aria-hidden /> Preferred
                      </span>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
