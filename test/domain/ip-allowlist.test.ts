import { describe, expect, test } from 'vitest';
import { ALLOWLIST_MAX, admits, canonicalAddress, readAllowlist } from '../../src-main/domain/ip-allowlist.ts';

function entriesOf(text: string): readonly string[] {
  const read = readAllowlist(text);
  if (read.kind === 'unfit') throw new Error(JSON.stringify(read.errors));
  return read.entries;
}

function linesRefused(text: string): readonly number[] {
  const read = readAllowlist(text);
  return read.kind === 'unfit' ? read.errors.map(({ line }) => line) : [];
}

describe('S44 an entry has one form, however it is written', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['  192.0.2.7\t', '192.0.2.7'],
    ['192.0.2.7/32', '192.0.2.7'],
    ['192.0.2.7/24', '192.0.2.0/24'],
    ['10.255.255.255/9', '10.128.0.0/9'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:0a00:0001', '10.0.0.1'],
    ['0:0:0:0:0:ffff:10.0.0.1', '10.0.0.1'],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
    ['::ffff:a01:203/128', '10.1.2.3'],
    ['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['::', '::'],
    ['::/0', '::/0'],
  ])('%s is kept as %s', (written, kept) => {
    expect(entriesOf(written)).toEqual([kept]);
  });

  test('twice the same in other clothes is once', () => {
    expect(entriesOf('10.0.0.1\n::ffff:10.0.0.1\r\n10.0.0.1/32\n\n 2001:db8::1\n2001:DB8:0::1')).toEqual([
      '10.0.0.1',
      '2001:db8::1',
    ]);
  });
});

describe('S44 what programs have read in more than one way is refused', () => {
  test.each([
    ...['010.0.0.1', '0x7f.0.0.1', '0x7f000001', '2130706433', '127.1', '127.0.1', '1.2.3.4.5', '256.0.0.1', '1.2.3.'],
    ...['::ffff:010.0.0.1', '::ffff:0x10.0.0.1', '::ffff:10.1', '::1.2.3.4', '64:ff9b::1.2.3.4'],
    ...['fe80::1%eth0', 'fe80::1%25eth0', '[::1]', '1::2::3', '12345::', '::g', '1:2:3:4:5:6:7', '192.0.2.7:80'],
    ...['192.0.2.0/33', '192.0.2.0/-1', '192.0.2.0/024', '192.0.2.0/', '192.0.2.0/24/24', '192.0.2.0/255.255.255.0'],
    ...[
      '2001:db8::/129',
      '::ffff:10.0.0.0/95',
      '192.0.2.1-192.0.2.9',
      '192.0.2.*',
      'localhost',
      '１９２.0.2.1',
      '192.0.2.1, 192.0.2.2',
    ],
  ])('%s', (written) => {
    expect(linesRefused(written)).toEqual([1]);
    expect(canonicalAddress(written)).toBeNull();
    expect(admits(['0.0.0.0/0', '::/0'], [written])).toBe(false);
    expect(admits([written], ['192.0.2.7', '10.0.0.1', '::1'])).toBe(false);
  });
});

test('R20 every line that cannot be read is named', () => {
  expect(linesRefused('192.0.2.7\nnonsense\n\n2001:db8::/200\n10.0.0.1')).toEqual([2, 4]);
});

test('R20 a list holds a hundred entries, and the line after them is named', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `192.0.${n >> 8}.${n & 255}`).join('\n');
  expect(entriesOf(lines(ALLOWLIST_MAX))).toHaveLength(ALLOWLIST_MAX);
  expect(linesRefused(lines(ALLOWLIST_MAX + 1))).toEqual([ALLOWLIST_MAX + 1]);
});

describe('R20 whether a sign-in is admitted', () => {
  test.each([
    ['no list asks nothing', [], [], true],
    ['a list admits nobody who has no address', ['192.0.2.7'], [], false],
    ['the address itself', ['192.0.2.7'], ['192.0.2.7'], true],
    ['its neighbour', ['192.0.2.7'], ['192.0.2.8'], false],
    ['the first of a range', ['192.0.2.0/24'], ['192.0.2.0'], true],
    ['the last of a range', ['192.0.2.0/24'], ['192.0.2.255'], true],
    ['the one behind a range', ['192.0.2.0/24'], ['192.0.3.0'], false],
    ['one of several addresses of the computer', ['192.0.2.7'], ['10.0.0.1', '192.0.2.7'], true],
    ['S44 an IPv4 address in IPv6 clothes', ['10.0.0.0/8'], ['::ffff:10.9.8.7'], true],
    ['S44 the same, spelt in hexadecimal', ['10.0.0.0/8'], ['::ffff:a09:807'], true],
    ['S44 every IPv6 address is not every IPv4 one', ['::/0'], ['10.0.0.1'], false],
    ['S44 nor the other way round', ['0.0.0.0/0'], ['2001:db8::1'], false],
    ['an IPv6 address, written at length', ['2001:db8::/32'], ['2001:0db8:0000:0000:0000:0000:0000:0001'], true],
    ['S44 an address with a zone is none', ['fe80::/10'], ['fe80::1%eth0'], false],
  ])('%s', (_, allowlist, addresses, admitted) => {
    expect(admits(allowlist as string[], addresses as string[])).toBe(admitted);
  });
});
