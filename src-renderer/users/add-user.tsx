import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../src-main/domain/account.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Proof } from '../ui/prove-form.tsx';
import { ROLE_HINTS, ROLES, reaches } from '../ui/roles.ts';
import { showRefusal } from '../ui/show-refusal.ts';
import type { Me } from '../ui/use-me.ts';
import { OwnTwoStepFirst } from './own-two-step-first.tsx';
import { isAsked, ProveRoles } from './prove-roles.tsx';

interface AddUserProps {
  me: Me;
  onDone: () => void;
}

/** Somebody new: who they are, then what happens next. */
export function AddUser({ me, onDone }: AddUserProps) {
  const [added, setAdded] = useState<{ name: string; email: string } | null>(null);
  const [again, setAgain] = useState(false);
  const addAnother = () => {
    setAgain(true);
    setAdded(null);
  };
  if (!added) return <NewUser me={me} again={again} onAdded={setAdded} />;
  return (
    <Stack gap="md">
      <Notice tone="good" title={`${added.name} is invited`}>
        An invitation is on its way to {added.email}. It works for seven days.
      </Notice>
      <Text size="sm">
        {added.name} opens the link in it, or chooses <strong>I have an invitation</strong> at sign-in and types the
        code, and then chooses a password. Until then the account stands as Invited in the list.
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={addAnother}>
          Add another
        </Button>
        <Button autoFocus onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

interface NewUserProps {
  me: Me;
  /** Comes after somebody else, in a dialog that is open already. */
  again: boolean;
  onAdded: (added: { name: string; email: string }) => void;
}

function NewUser({ me, again, onAdded }: NewUserProps) {
  const form = useForm({
    initialValues: { name: '', email: '', phone: '', role: 'member' as Role },
    onValuesChange: () => !add.isPending && add.reset(), // what was said of other words is no longer true
  });
  const [step, setStep] = useState<'fields' | 'proof' | 'fields again'>('fields');
  const queries = useQueryClient();
  const add = useMutation(
    api.admin.users.add.mutationOptions({
      onSuccess: async (_, { name, email }) => {
        onAdded({ name: name.trim(), email: email.trim() });
        await queries.invalidateQueries(api.admin.people.pathFilter());
      },
      onError: (error) => {
        if (isAsked(error)) setStep('proof');
        else if (step !== 'proof') showRefusal(form, error, { emailTaken: 'email', targetOutranks: 'role' });
      },
    }),
  );
  const create = (stepUp?: Proof) => {
    const values = form.getValues();
    if (!add.isPending) add.mutate({ ...values, phone: values.phone.trim() || null, ...(stepUp && { stepUp }) });
  };
  const { name, role } = form.values;
  if (step === 'proof') {
    return (
      <ProveRoles
        back="Change the details"
        onBack={() => {
          setStep('fields again');
          add.reset();
        }}
        pending={add.isPending}
        failure={add.error}
        onForget={add.reset}
        onProve={create}
      >
        {name.trim()} gets the role {ROLES[role]}.
      </ProveRoles>
    );
  }
  const cannotProve = role !== 'member' && me.twoStep === 'off';
  const grantable = (Object.keys(ROLES) as Role[]).filter((role) => reaches(me.account.role, role));
  return (
    <form noValidate onSubmit={form.onSubmit(() => (cannotProve ? undefined : create()))}>
      <Stack gap="md">
        <TextInput
          label="Name"
          autoComplete="off"
          data-autofocus
          autoFocus={again || step === 'fields again'}
          {...form.getInputProps('name')}
        />
        <TextInput label="Email" type="email" autoComplete="off" {...form.getInputProps('email')} />
        <TextInput
          label="Phone"
          type="tel"
          autoComplete="off"
          description="Optional. With its country code, for example +46 70 123 45 67."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('phone')}
        />
        <NativeSelect
          label="Role"
          data={grantable.map((role) => ({ value: role, label: ROLES[role] }))}
          description={ROLE_HINTS[role]}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('role')}
        />
        <Failure error={add.error} />
        {cannotProve ? (
          <OwnTwoStepFirst what="A role above member" />
        ) : (
          <Group justify="flex-end">
            <ActButton type="submit" pending={add.isPending}>
              Create user
            </ActButton>
          </Group>
        )}
      </Stack>
    </form>
  );
}
