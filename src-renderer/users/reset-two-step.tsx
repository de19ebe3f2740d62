import { List, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { api } from '../api.ts';
import { fieldErrors } from '../explain.ts';
import { ProveForm } from '../ui/prove-form.tsx';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';
import { OwnTwoStepFirst } from './own-two-step-first.tsx';
import { useReadAgain } from './use-people.ts';

interface ResetTwoStepProps {
  person: Person;
  me: Me;
  onDone: () => void;
}

/** Takes somebody's second step away so that they can set up a new one (R41, first form). */
export function ResetTwoStep({ person, me, onDone }: ResetTwoStepProps) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const readAgain = useReadAgain();
  const reset = useMutation(
    api.helpDesk.resetTwoStep.mutationOptions({
      onSuccess: async () => {
        onDone();
        told(
          `${person.name} can set up a new second step`,
          'They were told by mail. Nothing else opens for them before that.',
        );
        await readAgain(person.id);
      },
    }),
  );
  if (me.twoStep === 'off') return <OwnTwoStepFirst />;
  return (
    <ProveForm
      purpose="resetTwoStep"
      danger
      pending={reset.isPending}
      failure={reset.error}
      onForget={reset.reset}
      onProve={(proof) => {
        const given = reason.trim();
        setMissing(given === '');
        if (given === '') field.current?.focus();
        else reset.mutate({ id: person.id, reason: given, ...proof });
      }}
    >
      <div>
        <Text size="sm">Be sure that it is {person.name} who asks. Then:</Text>
        <List size="sm" mt={4}>
          <List.Item>their methods, recovery codes and trusted devices stop working for good</List.Item>
          <List.Item>they are signed out everywhere</List.Item>
          <List.Item>every address we know of them is told</List.Item>
          <List.Item>at the next sign-in nothing opens until they have set it up anew</List.Item>
        </List>
      </div>
      <TextInput
        ref={field}
        label="Reason"
        description="Stands in the audit log."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        maxLength={100}
        data-autofocus
        value={reason}
        onChange={({ currentTarget }) => {
          setReason(currentTarget.value);
          setMissing(false);
        }}
        error={missing ? 'Say why.' : fieldErrors(reset.error).reason}
      />
    </ProveForm>
  );
}
