import { readFile } from 'node:fs/promises';
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../src-main/adapters/sqlite/migrations.ts';
import * as core from '../../../src-main/adapters/sqlite/schema.ts';
import * as people from '../../../src-main/adapters/sqlite/schema-people.ts';
import * as records from '../../../src-main/adapters/sqlite/schema-records.ts';
import * as signIn from '../../../src-main/adapters/sqlite/schema-sign-in.ts';
import * as ours from '../../../src-main/adapters/sqlite/schema-workspace.ts';

const FOLDER = new URL('../../../src-main/adapters/sqlite/migrations/', import.meta.url);

test('the migrations lead to the schema in the code: `npm run migrations` would write nothing', async () => {
  const last = `${MIGRATIONS.at(-1)?.name.slice(0, 4)}_snapshot.json`;
  const migrated = JSON.parse(await readFile(new URL(`meta/${last}`, FOLDER), 'utf8'));
  const inCode = await generateSQLiteDrizzleJson(
    { ...core, ...people, ...records, ...signIn, ...ours },
    migrated.id,
    'snake_case',
  );
  expect(await generateSQLiteMigration(migrated, inCode)).toEqual([]);
});

test('the migrations are those of the journal, in its order', async () => {
  const journal = JSON.parse(await readFile(new URL('meta/_journal.json', FOLDER), 'utf8'));
  expect(MIGRATIONS.map(({ name }) => name)).toEqual(journal.entries.map(({ tag }: { tag: string }) => tag));
});
