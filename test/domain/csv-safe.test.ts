import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asWritten, csvOf, neutralised } from '../../src-main/domain/csv-safe.ts';

test.each([
  '=1+1',
  '+4915112345678',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =1',
  '\u00a0=1',
  '\u200b=1',
  '\ufeff=1',
  '＝1',
  '＋1',
  '－1',
  '＠SUM',
  ' ＝1',
])('S57 %j is no formula once exported', (text) => {
  expect(neutralised(text)).toBe(`'${text}`);
});

test.each(['', 'Ada', '1=1', 'a@example.org', "O'Hara", "'", '–'])('S57 %j stays as it is', (text) => {
  expect(neutralised(text)).toBe(text);
});

test('S57 any rows come back as they were written, and no cell begins a formula', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=a', '+b', "'=c", '"', 'x,y', 'x\r\ny', ' @z'));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const read: string[][] = parse(csvOf(rows), { relax_column_count: true, record_delimiter: '\r\n' });
      expect(read.map((cells) => cells.map(asWritten))).toEqual(
        rows.map((cells) => cells.map((each) => asWritten(neutralised(each)))),
      );
      for (const each of read.flat()) expect(each).not.toMatch(/^[\s\0]*[=+\-@]/);
    }),
    { numRuns: 300 },
  );
});

test('no rows are no line', () => {
  expect(csvOf([])).toBe('');
});

test.each(['Ada;=1+1', 'Ada;=cmd|x;', 'Ada\t=1', ';=1'])(
  'S57 %j is one cell for a spreadsheet that splits by semicolons or tabs, too',
  (name) => {
    const [line = ''] = csvOf([[name, 'ada@example.org']]).split('\r\n');
    for (const delimiter of [',', ';', '\t']) {
      const cells = parse(line, { delimiter, relax_quotes: true, relax_column_count: true }) as string[][];
      for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@]/);
    }
    expect(line).toBe(`"${name}",ada@example.org`);
  },
);
