import { Button, Table, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ActButton } from '../ui/act-button.tsx';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/failure.tsx';
import classes from '../ui/table.module.css';

/** A browser or window somewhere that the account is open or trusted in. */
interface Place {
  readonly id: string;
  readonly client: string;
  /** Below the client. */
  readonly note: ReactNode;
  /** One for each of the card's columns. */
  readonly times: readonly ReactNode[];
  /** How its button is called among the others; null, and the mark stands in its place. */
  readonly actName: string | null;
}

interface PlacesCardProps {
  title: string;
  titleId: string;
  PlaceIcon: Icon;
  columns: readonly string[];
  places: readonly Place[];
  /** Ends one place. */
  act: string;
  onAct: (id: string) => void;
  /** What a place without a button is. */
  mark?: string;
  /** Ends several at once; not there where nothing would end. */
  actOnAll: { readonly name: string; readonly pending: boolean; readonly run: () => void } | null;
  failure: unknown;
}

/** Places of the account, one to a row, with the way to end each of them and all together. */
export function PlacesCard(props: PlacesCardProps) {
  const { title, titleId, PlaceIcon, columns, places, act, onAct, mark, actOnAll, failure } = props;
  const all = actOnAll && (
    <ActButton variant="default" size="xs" pending={actOnAll.pending} onClick={actOnAll.run}>
      {actOnAll.name}
    </ActButton>
  );
  return (
    <Card title={title} titleId={titleId} aside={all}>
      <Failure error={failure} />
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-labelledby={titleId} className={classes.table ?? ''}>
          <Table.Thead>
            <Table.Tr>
              {['Where', ...columns].map((column) => (
                <Table.Th scope="col" key={column}>
                  {column}
                </Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {places.map(({ id, client, note, times, actName }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <span className={classes.withIcon}>
                    <PlaceIcon size={18} aria-hidden />
                    <span>
                      {client}
                      {note && (
                        <Text span display="block" size="xs" c="dimmed">
                          {note}
                        </Text>
                      )}
                    </span>
                  </span>
                </Table.Td>
                {columns.map((column, index) => (
                  <Table.Td key={column}>{times[index]}</Table.Td>
                ))}
                <Table.Td className={classes.end ?? ''}>
                  {actName === null ? (
                    <span className={classes.mark}>{mark}</span>
                  ) : (
                    <Button variant="subtle" size="compact-sm" aria-label={actName} onClick={() => onAct(id)}>
                      {act}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
