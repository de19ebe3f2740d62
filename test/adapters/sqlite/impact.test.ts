import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../../src-main/adapters/sqlite/database.ts';
import { impactRows } from '../../../src-main/adapters/sqlite/impact.ts';
import { freshFolder, openTestStore } from '../../support/open-test-store.ts';

/** Read to the end without harm: what people grant one by one, and lists that were handed over or found just before. */
const SMALL = /^SCAN (s|e|exceptions|json_each VIRTUAL TABLE.*)( |$)/;

/** Every statement of the impact, with the tables it reads to their end. */
async function scansOfStatements(): Promise<{ source: string; scans: string[] }[]> {
  const folder = await freshFolder();
  await openTestStore(folder);
  const client = new Database(join(folder, 'vestibule.db'));
  onTestFinished(() => {
    client.close();
  });
  const sources: string[] = [];
  const prepare = client.prepare.bind(client);
  client.prepare = ((source: string) => {
    sources.push(source);
    return prepare(source);
  }) as typeof client.prepare;
  impactRows(drizzle(client) as Db);
  return sources.map((source) => {
    const slots = Object.fromEntries([...source.matchAll(/:(\w+)/g)].map(([, name]) => [name, null]));
    const plan = prepare(`EXPLAIN QUERY PLAN ${source}`).all(slots) as { detail: string }[];
    const scans = plan.map(({ detail }) => detail).filter((detail) => /^SCAN/.test(detail) && !SMALL.test(detail));
    return { source, scans };
  });
}

test('R36 nothing that is asked of the preview reads the people to their end; only a method that is taken away has the factors read', async () => {
  const statements = await scansOfStatements();
  const takesMethods = (source: string) => source.includes('UNION SELECT account_id FROM factors');
  expect(statements.length).toBeGreaterThanOrEqual(7);
  for (const { source, scans } of statements) {
    const [only] = takesMethods(source) ? scans : [];
    expect([source, scans]).toEqual([source, only === undefined ? [] : [only]]);
    if (only !== undefined) expect(only).toMatch(/^SCAN factors\b/);
  }
  expect(statements.filter(({ scans }) => scans.length > 0)).toHaveLength(2);
});
