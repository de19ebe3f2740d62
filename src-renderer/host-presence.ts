import { TRPCClientError } from '@trpc/client';

const listeners = new Set<() => void>();
let silent = false;

function set(next: boolean) {
  if (silent === next) return;
  silent = next;
  for (const listener of listeners) listener();
}

/** The line broke: nothing came back at all, so this is neither a refusal nor a bug. */
export function isSilence(error: unknown): boolean {
  return error instanceof TRPCClientError && error.shape === undefined && error.cause instanceof TypeError;
}

export const hostFellSilent = () => set(true);
export const hostAnswered = () => set(false);

/** For `useSyncExternalStore`: whether the program behind this window has stopped answering. */
export const hostPresence = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  isSilent: () => silent,
};
