import { expect, test } from 'vitest';
import { parseName } from '../../src-main/domain/person-name.ts';

test.each([
  ['Ada Byron', 'Ada Byron'],
  ['  Ada \u00a0 Byron\u3000', 'Ada Byron'],
  ['é'.normalize('NFD'), 'é'.normalize('NFC')],
  ['김민준', '김민준'],
  ['محمد', 'محمد'],
  ['O’Neil-Smith, Jr.', 'O’Neil-Smith, Jr.'],
  ['👩‍💻 Ada', '👩‍💻 Ada'],
  ['<script>', '<script>'],
  ['X', 'X'],
  ['x'.repeat(100), 'x'.repeat(100)],
  ['😀'.repeat(100), '😀'.repeat(100)],
  [`  ${'x'.repeat(100)}  `, 'x'.repeat(100)],
])('S56 %j is taken as %j', (input, name) => {
  expect(parseName(input)).toBe(name);
});

test.each([
  ['nothing', ''],
  ['spaces only', ' \u00a0\u3000'],
  ['101 characters', 'x'.repeat(101)],
  ['a megabyte', 'x'.repeat(1_000_000)],
  ['a line break', 'Ada\nByron'],
  ['a header smuggled in', 'Ada\r\nBcc: eve@example.org'],
  ['a tab', 'Ada\tByron'],
  ['a null character', 'Ada\u0000'],
  ['an escape sequence', '\u001b[31mAda'],
  ['a C1 control', 'Ada\u0085Byron'],
  ['a line separator', 'Ada\u2028Byron'],
  ['a right-to-left override', 'Ada\u202enoryB'],
  ['a right-to-left isolate', 'Ada\u2067noryB'],
  ['a left-to-right mark', 'Ada\u200e'],
  ['an Arabic letter mark', 'Ada\u061c'],
  ['half a surrogate pair', 'Ada\ud83d'],
  ['zero-width spaces only', '\u200b\u200b'],
  ['invisible fillers only', '\u3164 \u115f'],
  ['a joiner only', '\u200d'],
])('S56 %s is no name', (_, input) => {
  expect(parseName(input)).toBeNull();
});
