import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admits, canonicalAddress, readAllowlist } from '../../src-main/domain/ip-allowlist.ts';

const v4 = fc.ipV4();
const v6 = fc.ipV6().filter((written) => !written.includes('.'));
const messy = fc.oneof(
  v4,
  fc.ipV6(),
  fc.ipV4Extended(),
  fc.string({ unit: fc.constantFrom(...'0123456789abfxX.:/%- \n'.split('')), maxLength: 45 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

test('S44 reading a list again changes nothing, and no entry is in it twice', () => {
  fc.assert(
    fc.property(fc.array(messy, { maxLength: 6 }), (lines) => {
      const read = readAllowlist(lines.join('\n'));
      if (read.kind === 'unfit') return;
      expect(readAllowlist(read.entries.join('\n'))).toEqual(read);
      expect(new Set(read.entries).size).toBe(read.entries.length);
    }),
    { numRuns: 3_000 },
  );
});

test('S44 what is taken for an address, the operating system takes for one too', () => {
  fc.assert(
    fc.property(messy, (written) => {
      const address = canonicalAddress(written);
      if (address === null) return;
      expect(isIP(written)).not.toBe(0);
      expect(isIP(address)).not.toBe(0);
    }),
    { numRuns: 5_000 },
  );
});

test('S44 an IPv6 address is kept as the web platform writes it', () => {
  fc.assert(
    fc.property(v6, (written) => {
      const platform = new URL(`http://[${written}]/`).hostname.slice(1, -1);
      if (platform.startsWith('::ffff:')) return; // kept as IPv4
      expect(canonicalAddress(written)).toBe(platform);
    }),
    { numRuns: 3_000 },
  );
});

/** An independent judge: the list that Node's own sockets use. */
function judge(kind: 'ipv4' | 'ipv6', network: string, prefix: number, address: string): boolean {
  const list = new BlockList();
  list.addSubnet(network, prefix, kind);
  return list.check(address, kind);
}

/** Near the range, so that both answers come up. */
const near = <T>(network: fc.Arbitrary<T>) => fc.tuple(network, fc.nat(31), fc.nat(3));

test('R20 S44 an IPv4 range admits just the addresses that are in it, in either clothes', () => {
  fc.assert(
    fc.property(
      near(fc.integer({ min: 0, max: 0xffffffff })),
      fc.integer({ min: 0, max: 32 }),
      ([bits, flip, more], prefix) => {
        const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
        const network = dotted(bits);
        const address = dotted((bits ^ (1 << flip)) + more);
        const expected = judge('ipv4', network, prefix, address);
        const read = readAllowlist(`${network}/${prefix}`);
        const entries = read.kind === 'read' ? read.entries : [];
        expect(admits(entries, [address])).toBe(expected);
        expect(admits(entries, [`::ffff:${address}`])).toBe(expected);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('R20 S44 an IPv6 range admits just the addresses that are in it', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 2n ** 100n, max: 2n ** 128n - 1n }),
      fc.nat(127),
      fc.integer({ min: 0, max: 128 }),
      (bits, flip, prefix) => {
        const groups = (value: bigint) => value.toString(16).padStart(32, '0').match(/.{4}/g)?.join(':') ?? '';
        const [network, address] = [groups(bits), groups(bits ^ (1n << BigInt(flip)))];
        const read = readAllowlist(`${network}/${prefix}`);
        const entries = read.kind === 'read' ? read.entries : [];
        expect(admits(entries, [address])).toBe(judge('ipv6', network, prefix, address));
      },
    ),
    { numRuns: 3_000 },
  );
});
