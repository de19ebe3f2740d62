import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api.ts';
import { DangerCard } from '../ui/danger-card.tsx';
import { useLeave } from '../ui/leaving.ts';
import { ProveForm } from '../ui/prove-form.tsx';
import type { Me } from '../ui/use-me.ts';
import { useMe } from '../ui/use-me.ts';
import { useProfileDialog } from './use-profile-dialog.ts';

/** The way out for good, apart from everything else. */
export function DeleteAccountCard() {
  const dialog = useProfileDialog('delete');
  const me = useMe().data;
  if (!me) return null;
  return (
    <DangerCard
      name="Delete account"
      consequence="Removes your name, address and ways to sign in. Nobody can restore them."
      act="Delete account"
      dialog={dialog}
    >
      <DeleteAccount twoStep={me.twoStep} />
    </DangerCard>
  );
}

function DeleteAccount({ twoStep }: { twoStep: Me['twoStep'] }) {
  const leave = useLeave();
  const remove = useMutation(
    api.self.account.delete.mutationOptions({
      onSuccess: () => leave('deleted'),
    }),
  );
  return (
    <ProveForm
      purpose="deleteAccount"
      danger
      passwordOnly={twoStep === 'off'}
      pending={remove.isPending}
      failure={remove.error}
      onForget={remove.reset}
      onProve={remove.mutate}
    >
      <Text size="sm">
        Your account is gone for good, at once. The audit log keeps what was done under a number without a name.
      </Text>
    </ProveForm>
  );
}
