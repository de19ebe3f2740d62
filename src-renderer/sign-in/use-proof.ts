import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { failureOf } from '../explain.ts';

const LOW = 3;

/** Answers the second step; afterwards the engine's welcome says how far in the person is. */
export function useProof() {
  const queries = useQueryClient();
  return useMutation(
    api.open.signIn.prove.mutationOptions({
      onSuccess: ({ recoveryCodesLeft }) => {
        if (recoveryCodesLeft !== null) tellWhatIsLeft(recoveryCodesLeft);
        return queries.invalidateQueries(api.open.welcome.queryFilter());
      },
      onError: (error) => {
        // Tries and locks are part of the pending sign-in's state.
        if (failureOf(error)) void queries.invalidateQueries(api.open.signIn.pending.queryFilter());
      },
    }),
  );
}

/** R4: a used code is gone, and few left is a warning. */
function tellWhatIsLeft(left: number) {
  notifications.show({
    role: 'status',
    color: left <= LOW ? 'amber' : 'tide',
    autoClose: false,
    title: 'You signed in with a recovery code',
    message:
      left <= LOW
        ? `It is used up now. Only ${left} left: generate new codes in Profile settings.`
        : `It is used up now. ${left} are left.`,
  });
}
