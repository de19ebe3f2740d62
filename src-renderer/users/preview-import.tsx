import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answers } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Proof } from '../ui/prove-form.tsx';
import { ROLES } from '../ui/roles.ts';
import type { Me } from '../ui/use-me.ts';
import classes from './import-users.module.css';
import { OwnTwoStepFirst } from './own-two-step-first.tsx';
import { ProveRoles } from './prove-roles.tsx';

interface PreviewImportProps {
  found: Answers['admin']['users']['checkImport'];
  me: Me;
  pending: boolean;
  failure: unknown;
  onBack: () => void;
  onForget: () => void;
  /** With a proof where some of them get a role above member. */
  onImport: (stepUp?: Proof) => void;
}

const figure = (count: number) => count.toLocaleString('en');
const people = (count: number) => (count === 1 ? '1 person' : `${figure(count)} people`);

const gettingMore = (privileged: number, rows: number) => {
  if (rows === 1) return 'They get';
  if (privileged === rows) return 'All of them get';
  return privileged === 1 ? 'One of them gets' : `${figure(privileged)} of them get`;
};

/** What was read: rows that cannot be taken, each with why, or the first of those who will be added. */
export function PreviewImport({ found, me, pending, failure, onBack, onForget, onImport }: PreviewImportProps) {
  const [proving, setProving] = useState(false);
  const { rows, good, privileged, errors, sample } = found;
  const bad = rows - good;
  const fits = bad === 0 && errors.length === 0 && rows > 0;
  const cannotProve = privileged > 0 && me.twoStep === 'off';
  if (proving) {
    return (
      <ProveRoles
        back="Look at the rows again"
        onBack={() => {
          setProving(false);
          onForget();
        }}
        pending={pending}
        failure={failure}
        onForget={onForget}
        onProve={onImport}
      >
        {people(rows)} will be added. {gettingMore(privileged, rows)} a role above member.
      </ProveRoles>
    );
  }
  return (
    <Stack gap="md">
      {rows === 0 && errors.length === 0 ? (
        <Notice tone="warn" title="There are no rows in it">
          Below the names of the columns, each person has a row.
        </Notice>
      ) : fits ? (
        <Notice tone="good" title={`${people(rows)} will be added`}>
          Each gets an invitation by mail, and chooses a password with it.
          {privileged > 0 &&
            ` ${gettingMore(privileged, rows)} a role above member, which needs a proof that it is you.`}
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
      {fits && cannotProve && <OwnTwoStepFirst what="A role above member" />}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack} autoFocus={!fits || cannotProve}>
          Back
        </Button>
        {fits && !cannotProve && (
          <ActButton
            pending={pending}
            onClick={() => {
              if (privileged > 0) setProving(true);
              else if (!pending) onImport();
            }}
            autoFocus
          >
            Import {people(rows)}
          </ActButton>
        )}
      </Group>
    </Stack>
  );
}
