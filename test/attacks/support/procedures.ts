import { appRouter } from '../../../src-main/api/router.ts';
import type { Person } from '../../support/person.ts';

export interface Procedure {
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
}

/** Every procedure there is, as the router itself lists them: a new one appears here by itself. */
export const PROCEDURES: readonly Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: { readonly type: Procedure['type'] } }>,
).map(([path, { _def }]) => ({ path, type: _def.type }));

/** Calls a procedure by its path, with whatever input. */
export function callByPath({ api }: Pick<Person, 'api'>, path: string, input?: unknown): Promise<unknown> {
  const procedure = path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], api);
  return (procedure as (input?: unknown) => Promise<unknown>)(input);
}
