import { useSyncExternalStore } from 'react';
import { SaveRecoveryCodes } from './save-recovery-codes.tsx';

interface Fresh {
  readonly codes: readonly string[];
  readonly afterwards: () => void;
}

// Nowhere else, and only until they are said to be saved (S80).
let fresh: Fresh | null = null;
const listeners = new Set<() => void>();

function change(next: Fresh | null) {
  fresh = next;
  for (const hear of listeners) hear();
}

/** Shows new recovery codes over whatever screen the person is led to meanwhile. */
export function showFreshCodes(codes: readonly string[], afterwards: () => void = () => {}) {
  change({ codes, afterwards });
}

/** The one place of the dialog that must not be lost: enrolling at sign-in changes the screen under it. */
export function FreshCodes() {
  const shown = useSyncExternalStore(
    (hear) => {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    () => fresh,
  );
  if (!shown) return null;
  return (
    <SaveRecoveryCodes
      codes={shown.codes}
      onSaved={() => {
        change(null);
        shown.afterwards();
      }}
    />
  );
}
