import { describe, expect, test } from 'vitest';
import { csvOf } from '../../src-main/domain/csv-safe.ts';
import { type ImportRow, openImport, readImport } from '../../src-main/domain/user-import.ts';

function rowsOf(csv: string) {
  const file = openImport(csv);
  if ('message' in file) throw new Error(file.message);
  return [...readImport(file)].flat();
}

/** A row as the file says it, or what is wrong with which field of which line. */
function told(csv: string) {
  return rowsOf(csv).map((row) =>
    'name' in row
      ? [row.line, row.name, row.address.email, row.phone, row.role]
      : (row as readonly { line: number; field: string }[]).map(({ line, field }) => `${line} ${field}`),
  );
}

describe('R39 a file is read however a spreadsheet wrote it', () => {
  test.each([
    ['in the plain order', 'name,email,phone,role\nAda,ada@example.org,+442079460958,admin'],
    ['in any order, however capitalised', 'ROLE,Phone,E-Mail,email,Name\nadmin,+442079460958,x,ada@example.org,Ada'],
    ['with semicolons', 'name;email;phone;role\nAda;ada@example.org;+442079460958;admin'],
    ['with tabs', 'name\temail\tphone\trole\nAda\tada@example.org\t+442079460958\tadmin'],
    ['with a byte-order mark', '\ufeffname,email,phone,role\nAda,ada@example.org,+442079460958,admin'],
    [
      'with quotation marks and blanks',
      '"name" , "email","phone","role"\n"Ada", ada@example.org ,+44 20 7946 0958, Admin ',
    ],
    ['with returns', 'name,email,phone,role\r\nAda,ada@example.org,+442079460958,admin\r\n'],
    ['with old returns', 'name,email,phone,role\rAda,ada@example.org,+442079460958,admin'],
  ])('%s', (_, csv) => {
    expect(told(csv)).toEqual([[2, 'Ada', 'ada@example.org', '+442079460958', 'admin']]);
  });

  test('phone and role may be left out, the columns too', () => {
    expect(told('email,name\nada@example.org,Ada')).toEqual([[2, 'Ada', 'ada@example.org', null, 'member']]);
    expect(told('email,name,phone,role\nada@example.org,Ada')).toEqual([[2, 'Ada', 'ada@example.org', null, 'member']]);
  });

  test('the help desk is found by any of its names', () => {
    const csv = 'name,email,role\nA,a@x.org,helpDesk\nB,b@x.org,Help desk\nC,c@x.org,help-desk';
    expect(rowsOf(csv).map((row) => (row as ImportRow).role)).toEqual(['helpDesk', 'helpDesk', 'helpDesk']);
  });

  test('a cell may hold the delimiter, a quotation mark and a line’s end, which counts for the lines after it', () => {
    expect(told('name,email\n"Byron, ""Ada""",a@x.org\n\n"two\nlines",b@x.org\nC,nonsense')).toEqual([
      [2, 'Byron, "Ada"', 'a@x.org', null, 'member'],
      ['4 name'],
      ['6 email'],
    ]);
  });
});

test('R39 each fault is told with its line and field', () => {
  const csv = 'name,email,phone,role\n,a@x.org,,\nB,b(at)x.org,12,boss\nC,c@x.org,020 7946 0958,member\nD,d@x.org,,';
  expect(told(csv)).toEqual([
    ['2 name'],
    ['3 email', '3 phone', '3 role'],
    ['4 phone'],
    [5, 'D', 'd@x.org', null, 'member'],
  ]);
});

test.each([
  [
    'out of place',
    'A,a@x.org\nB "x" y,"b"c\nD,d@x.org',
    [[2, 'A', 'a@x.org', null, 'member'], ['3 file'], [4, 'D', 'd@x.org', null, 'member']],
  ],
  ['never closed', 'A,a@x.org\n"B,b@x.org\nD,d@x.org', [[2, 'A', 'a@x.org', null, 'member'], ['3 file']]],
  ['before a megabyte', `A,a@x.org\n"${'x'.repeat(1_000_000)}`, [[2, 'A', 'a@x.org', null, 'member'], ['3 file']]],
])('R39 a quotation mark %s spoils its own line', (_, body, rows) => {
  expect(told(`name,email\n${body}`)).toEqual(rows);
});

test.each([
  '',
  '\n\n',
  'nothing',
  'name;phone\nAda;1',
  'email\nada@example.org',
  '"name',
  'x'.repeat(1_000_000),
  '\u0000',
])('R39 without a line that names the columns it is no such file: %.20j', (csv) => {
  expect(openImport(csv)).toMatchObject({ field: 'file', message: expect.stringContaining('The first line') });
});

test('S57 what an export made harmless comes back as it was', () => {
  const people = [
    ['Name', 'Email', 'Phone', 'Role'],
    ['=HYPERLINK("http://evil.example")', '+ada@example.org', '+442079460958', 'member'],
    ["'tis a name", 'b@example.org', '', 'member'],
  ];
  expect(told(csvOf(people))).toEqual([
    [2, '=HYPERLINK("http://evil.example")', '+ada@example.org', '+442079460958', 'member'],
    [3, "'tis a name", 'b@example.org', null, 'member'],
  ]);
});
