/** Who the suite is about; a password that is neither common nor theirs. */
export const OWNER = {
  workspaceName: 'Harbour Office',
  name: 'Ada Quay',
  email: 'ada@harbour.example',
  password: 'tidal-lantern-42-rope',
} as const;

/** Somebody whom the owner invites. */
export const MEMBER = {
  name: 'Ben Marsh',
  email: 'ben@harbour.example',
  password: 'copper-gull-17-slope',
} as const;

/** A code that is not `code`. */
export function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}
