import { useMutation } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useLeave } from './leaving.ts';

/** Ends this session and shows the sign-in screen. */
export function useSignOut() {
  const leave = useLeave();
  return useMutation(api.self.signOut.mutationOptions({ onSuccess: () => leave('signedOut') }));
}
