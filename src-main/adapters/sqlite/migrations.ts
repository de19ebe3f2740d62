/// <reference types="vite/types/importMeta.d.ts" />

/** One step from a schema version to the next. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

// The build puts the files' text here, so that a bundle needs no folder beside it.
const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true });

/** In order: the first makes version 1. Released ones never change. */
export const MIGRATIONS: readonly Migration[] = Object.entries(files)
  .map(([path, sql]) => ({ name: path.replace(/^.*\/|\.sql$/g, ''), sql }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
