import { Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Template } from '../../src-main/domain/policy.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Failure } from '../ui/failure.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { PasswordHint } from '../ui/password-hint.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import classes from './set-up-form.module.css';

const EMPTY = {
  workspaceName: '',
  name: '',
  email: '',
  password: '',
  confirmPassword: '',
  template: 'strong' as Template,
};

/** Asks everything a workspace needs to begin, and creates it with its owner. */
export function SetUpForm() {
  const form = useForm({ initialValues: EMPTY });
  const queries = useQueryClient();
  const create = useMutation(
    api.open.setUp.mutationOptions({
      onSuccess: () => queries.invalidateQueries(api.open.welcome.queryFilter()),
      onError: (error) => showRefusal(form, error, { passwordUnfit: 'password' }),
    }),
  );
  const field = (name: keyof typeof EMPTY) => ({ ...form.getInputProps(name), name });

  const submit = form.onSubmit((answers) => {
    if (!create.isPending) create.mutate(answers);
  });
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="xl">
        <Part title="Workspace">
          <TextInput
            label="Workspace name"
            description="Your company or team. It stands in every message."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="organization"
            autoFocus
            {...field('workspaceName')}
          />
        </Part>
        <Part title="Owner">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <TextInput label="Your name" autoComplete="name" {...field('name')} />
            <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <PasswordField
              label="Password"
              autoComplete="new-password"
              description={<PasswordHint password={form.values.password} />}
              {...field('password')}
            />
            <PasswordField label="Confirm password" autoComplete="new-password" {...field('confirmPassword')} />
          </SimpleGrid>
        </Part>
        <Radio.Group label="Template" classNames={{ label: classes.legend ?? '' }} {...field('template')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Choice value="strong" label="Strong">
              Text messages stay out until you order them; other methods are allowed.
            </Choice>
            <Choice value="classic" label="Classic">
              Text messages are allowed from the start, though they are the easiest to intercept.
            </Choice>
          </SimpleGrid>
        </Radio.Group>
        <Failure error={create.error} />
        <ActButton type="submit" size="md" pending={create.isPending}>
          Create workspace
        </ActButton>
      </Stack>
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{title}</legend>
      <Stack gap="md">{children}</Stack>
    </fieldset>
  );
}
