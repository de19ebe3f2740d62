import { Button, Group, Stack, Table, Text } from '@mantine/core';
import type { Answers } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { ROLES } from '../ui/roles.ts';
import classes from './import-users.module.css';

interface PreviewImportProps {
  found: Answers['admin']['users']['checkImport'];
  pending: boolean;
  failure: unknown;
  onBack: () => void;
  onImport: () => void;
}

const figure = (count: number) => count.toLocaleString('en');
const people = (count: number) => (count === 1 ? '1 person' : `${figure(count)} people`);

/** What was read: rows that cannot be taken, each with why, or the first of those who will be added. */
export function PreviewImport({ found, pending, failure, onBack, onImport }: PreviewImportProps) {
  const { rows, good, errors, sample } = found;
  const bad = rows - good;
  const fits = bad === 0 && errors.length === 0 && rows > 0;
  return (
    <Stack gap="md">
      {rows === 0 && errors.length === 0 ? (
        <Notice tone="warn" title="There are no rows in it">
          Below the names of the columns, each person has a row.
        </Notice>
      ) : fits ? (
        <Notice tone="good" title={`${people(rows)} will be added`}>
          Each gets an invitation by mail, and chooses a password with it.
        </Notice>
      ) : (
        <Notice
          tone="warn"
          title={bad === 1 ? 'One row cannot be taken' : `${figure(bad || errors.length)} rows cannot be taken`}
        >
          {figure(good)} of {figure(rows)} are in order. Nobody is added until all are: correct the rows, then check
          again.
        </Notice>
      )}
      {errors.length > 0 && (
        <div className={classes.scroll}>
          <Table horizontalSpacing="sm" aria-label="Rows that cannot be taken" className={classes.table ?? ''}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Line</Table.Th>
                <Table.Th scope="col">Column</Table.Th>
                <Table.Th scope="col">What is wrong</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {errors.map(({ line, field, message }) => (
                <Table.Tr key={`${line} ${field} ${message}`}>
                  <Table.Td className="numerals">{line}</Table.Td>
                  <Table.Td>{field}</Table.Td>
                  <Table.Td>{message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {errors.length < bad && errors.length > 0 && (
        <Text size="sm" c="dimmed">
          These are the first {figure(errors.length)}.
        </Text>
      )}
      {fits && (
        <>
          <div className={classes.scroll}>
            <Table horizontalSpacing="sm" aria-label="People to be added" className={classes.table ?? ''}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Name</Table.Th>
                  <Table.Th scope="col">Email</Table.Th>
                  <Table.Th scope="col">Role</Table.Th>
                  <Table.Th scope="col">Phone</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {sample.map(({ name, email, role, phone }) => (
                  <Table.Tr key={email}>
                    <Table.Td>{name}</Table.Td>
                    <Table.Td>{email}</Table.Td>
                    <Table.Td>{ROLES[role]}</Table.Td>
                    <Table.Td>{phone}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          {rows > sample.length && (
            <Text size="sm" c="dimmed">
              And {figure(rows - sample.length)} more.
            </Text>
          )}
        </>
      )}
      <Failure error={failure} />
      <Group justify="space-between">
        <Button variant="default" onClick={onBack} autoFocus={!fits}>
          Back
        </Button>
        {fits && (
          <ActButton pending={pending} onClick={() => !pending && onImport()} autoFocus>
            Import {people(rows)}
          </ActButton>
        )}
      </Group>
    </Stack>
  );
}
