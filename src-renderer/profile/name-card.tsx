import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card, Row } from '../ui/card.tsx';
import { Failure } from '../ui/failure.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';
import { useMe } from '../ui/use-me.ts';
import { ChangeEmail } from './change-email.tsx';
import { useProfileDialog } from './use-profile-dialog.ts';

/** Name and address of the account. */
export function NameCard() {
  const me = useMe().data;
  return me ? <NameForm key={me.account.name} account={me.account} twoStep={me.twoStep} /> : null;
}

function NameForm({ account, twoStep }: Pick<Me, 'account' | 'twoStep'>) {
  const dialog = useProfileDialog('email');
  const form = useForm({ initialValues: { name: account.name } });
  const queries = useQueryClient();
  const rename = useMutation(
    api.self.profile.rename.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(api.self.me.queryFilter());
        told('Your name is saved');
      },
      onError: (error) => showRefusal(form, error),
    }),
  );
  const changed = form.isDirty() ? ['Name'] : [];
  const submit = form.onSubmit((answers) => {
    if (!rename.isPending) rename.mutate(answers);
  });
  return (
    <>
      <form noValidate onSubmit={submit}>
        <Card>
          <Row name={<label htmlFor="own-name">Name</label>} consequence="Stands in messages to you and in lists.">
            <TextInput id="own-name" w="15rem" maw="100%" autoComplete="name" {...form.getInputProps('name')} />
          </Row>
          <Row name="Email" consequence="Where your codes and notices go, and what you sign in with.">
            <Group gap="sm" justify="flex-end">
              <span>{account.email}</span>
              <Button variant="default" onClick={dialog.open}>
                Change email
              </Button>
            </Group>
          </Row>
          {rename.error && <Row name="" consequence={<Failure error={rename.error} />} />}
          <SaveBar
            changed={changed}
            pending={rename.isPending}
            onDiscard={() => {
              form.reset();
              rename.reset();
            }}
          />
        </Card>
      </form>
      <Modal opened={dialog.isOpen} onClose={dialog.close} title="Change email">
        <ChangeEmail twoStep={twoStep} onDone={dialog.close} />
      </Modal>
    </>
  );
}
