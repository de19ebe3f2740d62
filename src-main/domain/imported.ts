/**
 * The id of the account that an import adds from one of its rows, counted from 0. It tells which import added whom, so
 * that those can be taken out again, and nobody else.
 */
export function importedId(importId: string, index: number): string {
  return `${importId}.${String(index).padStart(5, '0')}`;
}

/** Which import added an account; null for those that none did. */
export function importOf(accountId: string): string | null {
  const dot = accountId.indexOf('.');
  return dot === -1 ? null : accountId.slice(0, dot);
}
