import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What is promised so far (docs/security.md, README): rules R… and attacks S…, each to be named by a test's title. */
const RULES = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
  ...[32, 33, 34, 36, 37, 38, 39, 40, 41, 42, 50, 51],
];
const ATTACKS = [
  ...[1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
  ...[31, 32, 33, 36, 37, 38, 39, 40, 42, 44, 57, 79],
  ...[55, 55, 56, 58, 59, 62, 63, 65, 66, 67, 68, 69, 70, 71, 73, 74, 75, 76, 80],
];

/** Every row that a title of a test names, with the files that do. */
function namedRows(): Map<string, Set<string>> {
  const root = join(import.meta.dirname);
  const rows = new Map<string, Set<string>>();
  for (const file of globSync('**/*.ts', { cwd: root })) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, title = ''] of source.matchAll(/\b(?:test|it|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*['"`]([^\n]*)/g)) {
      for (const [row] of title.matchAll(/\b[RS]\d{1,2}\b/g)) rows.set(row, (rows.get(row) ?? new Set()).add(file));
    }
  }
  return rows;
}

describe('each row that is promised is named by a test', () => {
  const named = namedRows();
  test.each([...RULES.map((n) => `R${n}`), ...ATTACKS.map((n) => `S${n}`)])('%s', (row) => {
    expect([...(named.get(row) ?? [])]).not.toEqual([]);
  });
});
