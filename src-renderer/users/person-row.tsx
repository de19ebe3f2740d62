import { Skeleton, Table, Tooltip, UnstyledButton } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { memo } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { METHODS } from '../ui/methods.ts';
import { ROLES } from '../ui/roles.ts';
import type { Me } from '../ui/use-me.ts';
import { When } from '../ui/when.tsx';
import type { Act } from './acts.ts';
import classes from './people-table.module.css';
import { PersonMenu } from './person-menu.tsx';
import { PersonStatus } from './person-status.tsx';
import { Pick } from './pick.tsx';

interface PersonRowProps {
  person: Person;
  me: Me;
  /** Place among all rows, from 0. */
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
  /** Null where nobody may pick any. */
  picked: boolean | null;
  onPick: (index: number, asRange: boolean) => void;
  onKey: (event: KeyboardEvent<HTMLInputElement>) => void;
  onAct: (act: Act | 'details', person: Person) => void;
}

/** Somebody in one line. */
export const PersonRow = memo(function PersonRow(props: PersonRowProps) {
  const { person, me, index, measure, picked, onPick, onKey, onAct } = props;
  return (
    <Table.Tr ref={measure} data-index={index} data-picked={picked || undefined} aria-rowindex={index + 2}>
      {picked !== null && (
        <Table.Td className={classes.pick ?? ''}>
          <Pick
            name={`Select ${person.name}`}
            picked={picked}
            onKeyDown={onKey}
            onPick={(asRange) => onPick(index, asRange)}
          />
        </Table.Td>
      )}
      <Table.Td>
        <span className={classes.who}>
          <UnstyledButton className={classes.name ?? ''} title={person.name} onClick={() => onAct('details', person)}>
            {person.name}
          </UnstyledButton>
          {person.id === me.account.id && <span className={classes.you}>You</span>}
        </span>
        <span className={classes.emailBelow}>{person.email}</span>
      </Table.Td>
      <Table.Td className={classes.email ?? ''} title={person.email}>
        {person.email}
      </Table.Td>
      <Table.Td className={classes.role ?? ''}>{ROLES[person.role]}</Table.Td>
      <Table.Td className={classes.status ?? ''}>
        <PersonStatus person={person} />
      </Table.Td>
      <Table.Td className={classes.methods ?? ''}>
        <MethodNames methods={person.methods} />
      </Table.Td>
      <Table.Td className={classes.lastSignIn ?? ''}>
        {person.lastSignInAt === null ? (
          <span className={classes.never}>Never</span>
        ) : (
          <When at={person.lastSignInAt} />
        )}
      </Table.Td>
      <Table.Td className={classes.acts ?? ''}>
        <PersonMenu person={person} me={me} onAct={onAct} />
      </Table.Td>
    </Table.Tr>
  );
});

/** One by its name; several as pictures with their names. */
function MethodNames({ methods }: { methods: Person['methods'] }) {
  const [only, ...more] = methods;
  if (!only) return <span className={classes.never}>None</span>;
  if (more.length === 0) return METHODS[only].name;
  return (
    <span className={classes.pictures}>
      {methods.map((method) => {
        const { name, Icon } = METHODS[method];
        return (
          <Tooltip key={method} label={name}>
            <Icon size={18} stroke={1.75} role="img" aria-label={name} />
          </Tooltip>
        );
      })}
    </span>
  );
}

interface SkeletonRowProps {
  index: number;
  measure: PersonRowProps['measure'];
  withBox: boolean;
}

/** Stands for a row that is on its way. */
export function SkeletonRow({ index, measure, withBox }: SkeletonRowProps) {
  return (
    <Table.Tr ref={measure} data-index={index} aria-hidden>
      {withBox && <Table.Td className={classes.pick ?? ''} />}
      <Table.Td>
        <Skeleton height="0.75rem" width={`${55 + ((index * 17) % 35)}%`} />
      </Table.Td>
      <Table.Td className={classes.email ?? ''}>
        <Skeleton height="0.75rem" width={`${60 + ((index * 23) % 30)}%`} />
      </Table.Td>
      <Table.Td className={classes.role ?? ''}>
        <Skeleton height="0.75rem" width="3.5rem" />
      </Table.Td>
      <Table.Td>
        <Skeleton height="1.375rem" width="5rem" radius="xl" />
      </Table.Td>
      <Table.Td className={classes.methods ?? ''}>
        <Skeleton height="0.75rem" width="4.5rem" />
      </Table.Td>
      <Table.Td className={classes.lastSignIn ?? ''}>
        <Skeleton height="0.75rem" width="5rem" />
      </Table.Td>
      <Table.Td className={classes.acts ?? ''} />
    </Table.Tr>
  );
}
