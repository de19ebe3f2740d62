import { NativeSelect, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Role } from '../../src-main/domain/account.ts';
import type { Person } from '../../src-main/domain/people.ts';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import { ROLE_HINTS, ROLES } from '../ui/roles.ts';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';
import { OwnTwoStepFirst } from './own-two-step-first.tsx';
import { useReadAgain } from './use-people.ts';
import { roleOf } from './users-search.ts';

interface ChangeRoleProps {
  person: Person;
  me: Me;
  onDone: () => void;
}

/** Another role for somebody, of those one may give (R40). */
export function ChangeRole({ person, me, onDone }: ChangeRoleProps) {
  const known = useQuery(api.admin.users.see.queryOptions({ id: person.id }));
  const [role, setRole] = useState<Role>(person.role);
  const [same, setSame] = useState(false);
  const field = useRef<HTMLSelectElement>(null);
  const readAgain = useReadAgain();
  const change = useMutation(
    api.admin.users.changeRole.mutationOptions({
      onSuccess: async () => {
        onDone();
        told(`${person.name} is ${ROLES[role].toLowerCase()} now`, 'It holds from their very next step.');
        await readAgain(person.id);
      },
    }),
  );
  if (me.twoStep === 'off') return <OwnTwoStepFirst />;
  if (known.isPending) return <Loading />;
  if (known.isLoadingError) return <Problem error={known.error} retry={known.refetch} />;
  const offered = (Object.keys(ROLES) as Role[]).filter(
    (each) => each === person.role || known.data.grantable.includes(each),
  );
  return (
    <ProveForm
      purpose="roles"
      pending={change.isPending}
      failure={change.error}
      onForget={change.reset}
      onProve={(proof) => {
        setSame(role === person.role);
        if (role === person.role) field.current?.focus();
        else change.mutate({ id: person.id, role, ...proof });
      }}
    >
      <Text size="sm">
        The role of {person.name} is {ROLES[person.role]}. A new one holds at once, in every session that is open. A
        higher one ends sessions opened without a second step, and computers are no longer trusted.
      </Text>
      <NativeSelect
        ref={field}
        label="Role"
        data={offered.map((each) => ({ value: each, label: ROLES[each] }))}
        description={ROLE_HINTS[role]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        // It may appear too late for the dialog to take the focus to it.
        autoFocus
        data-autofocus
        value={role}
        onChange={({ currentTarget }) => {
          setRole(roleOf(currentTarget.value) ?? person.role);
          setSame(false);
        }}
        error={same && 'Choose another role.'}
      />
    </ProveForm>
  );
}
