import type { ChainedEntry } from '../../../src-main/domain/audit.ts';
import type { Engine } from '../../support/engine.ts';

/** Every audit entry so far, oldest first. */
export function auditOf(engine: Engine): Promise<ChainedEntry[]> {
  return engine.read((tx) => tx.audit.list(0, 1_000_000));
}

/** The entries that `act` added. */
export async function auditedBy(engine: Engine, act: () => Promise<unknown>): Promise<ChainedEntry[]> {
  const before = (await auditOf(engine)).length;
  await act();
  return (await auditOf(engine)).slice(before);
}

/** How often each kind stands in the audit. */
export async function auditTally(engine: Engine): Promise<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { kind } of await auditOf(engine)) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}
