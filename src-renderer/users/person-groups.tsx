import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Failure } from '../ui/failure.tsx';
import classes from './person-drawer.module.css';
import type { PersonInFull } from './use-people.ts';
import { useReadAgain } from './use-people.ts';

/** Groups somebody is in, and the way into others. */
export function PersonGroups({ person, manages }: { person: PersonInFull; manages: boolean }) {
  const groups = useQuery(api.admin.groups.list.queryOptions()).data ?? [];
  const queries = useQueryClient();
  const readAgain = useReadAgain();
  const onSettled = async () => {
    await queries.invalidateQueries(api.admin.groups.pathFilter());
    await readAgain(person.id);
  };
  const join = useMutation(api.admin.groups.addMember.mutationOptions({ onSettled }));
  const leave = useMutation(api.admin.groups.removeMember.mutationOptions({ onSettled }));
  const others = groups.filter(({ id }) => person.groups.every((group) => group.id !== id));
  return (
    <section>
      <h3 className={classes.heading}>Groups</h3>
      {person.groups.length === 0 && <span className={classes.none}>In no group.</span>}
      {person.groups.length > 0 && (
        <ul className={classes.lines}>
          {person.groups.map(({ id, name }) => (
            <li key={id} className={classes.line}>
              {name}
              {manages && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Take out of ${name}`}
                  onClick={() => !leave.isPending && leave.mutate({ groupId: id, accountId: person.id })}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {manages && others.length > 0 && (
        <NativeSelect
          mt="xs"
          aria-label="Put into a group"
          value=""
          disabled={join.isPending}
          onChange={({ currentTarget }) =>
            currentTarget.value && join.mutate({ groupId: currentTarget.value, accountId: person.id })
          }
          data={[
            { value: '', label: 'Put into a group…' },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      <Failure error={join.error ?? leave.error} />
    </section>
  );
}
