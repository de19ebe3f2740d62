import ipaddr from 'ipaddr.js';

/** More than an allowlist can use; an address each would be a firewall's work. */
export const ALLOWLIST_MAX = 100;

/** An allowlist as it is kept, or what is wrong with which line, counted from 1. */
export type AllowlistRead =
  | { readonly kind: 'read'; readonly entries: readonly string[] }
  | { readonly kind: 'unfit'; readonly errors: readonly { readonly line: number; readonly message: string }[] };

const WANTED = 'Enter an address like 192.0.2.7 or 2001:db8::7, or a range like 192.0.2.0/24.';
const HEX_GROUPS = /^[0-9a-f:]+$/i;
const MAPPED = /^(?:::|(?:0{1,4}:){5})ffff:((?:\d{1,3}\.){3}\d{1,3})$/i;
const PREFIX = /^(?:0|[1-9]\d{0,2})$/;

/**
 * Reads addresses and CIDR ranges, one a line, in their one canonical form (S44): IPv6 per RFC 5952, an IPv4 address in IPv6
 * clothes as IPv4, a range by its network, a range of one as the address; each once, in the order given. Empty lines count
 * for nothing.
 */
export function readAllowlist(text: string): AllowlistRead {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ line: index + 1, written: line.trim() }));
  const wanted = lines.filter(({ written }) => written !== '');
  const read = wanted.map(({ line, written }) => ({ line, entry: canonicalEntry(written) }));
  const errors = read.flatMap(({ line, entry }) => (entry === null ? { line, message: WANTED } : []));
  if (errors.length > 0) return { kind: 'unfit', errors };
  const entries = [...new Set(read.flatMap(({ entry }) => entry ?? []))];
  const excess = read[ALLOWLIST_MAX];
  if (entries.length > ALLOWLIST_MAX && excess) {
    return { kind: 'unfit', errors: [{ line: excess.line, message: `Enter ${ALLOWLIST_MAX} lines at most.` }] };
  }
  return { kind: 'read', entries };
}

/**
 * Whether somebody at these addresses may sign in (R20): an empty list asks nothing, else one of them in one of the entries
 * will do. What cannot be read as an address, on either side, admits nobody (S44).
 */
export function admits(allowlist: readonly string[], addresses: readonly string[]): boolean {
  if (allowlist.length === 0) return true;
  const ranges = allowlist.flatMap((entry) => readRange(entry) ?? []);
  const present = addresses.flatMap((address) => readAddress(address) ?? []);
  return present.some((address) => ranges.some((range) => contains(range, address)));
}

/**
 * Whether the second list admits anybody whom the first does not. Ranges are held against each other one by one: of two halves
 * made one range it is said, too.
 */
export function widens(before: readonly string[], after: readonly string[]): boolean {
  if (before.length === 0) return false;
  if (after.length === 0) return true;
  const known = before.flatMap((entry) => readRange(entry) ?? []);
  const wanted = after.map(readRange);
  return wanted.some((range) => range === null || !known.some((each) => covers(each, range)));
}

/** The one form an address is kept and compared in; null for what is none: octal, hex and short forms, zones (S44). */
export function canonicalAddress(written: string): string | null {
  const address = readAddress(written);
  return address && textOf(address);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
interface Range {
  readonly network: Address;
  readonly prefix: number;
}

function canonicalEntry(written: string): string | null {
  const range = readRange(written);
  if (!range) return null;
  return range.prefix === bitsOf(range.network) ? textOf(range.network) : `${textOf(range.network)}/${range.prefix}`;
}

function readRange(written: string): Range | null {
  const [host = '', prefixText, ...more] = written.split('/');
  const address = readAddress(host);
  if (!address || more.length > 0) return null;
  if (prefixText === undefined) return { network: address, prefix: bitsOf(address) };
  if (!PREFIX.test(prefixText)) return null;
  // A range of mapped addresses counts its bits from the start of the IPv6 form.
  const prefix = Number(prefixText) - (host.includes(':') && address.kind() === 'ipv4' ? 96 : 0);
  if (prefix < 0 || prefix > bitsOf(address)) return null;
  return { network: networkOf(address, prefix), prefix };
}

/** Stricter than the library, which also takes what C programs once took: `010.1`, `0x7f.1`, zones. */
function readAddress(written: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(written)) return ipaddr.IPv4.parse(written);
  const tail = MAPPED.exec(written)?.[1];
  if (tail !== undefined) return ipaddr.IPv4.isValidFourPartDecimal(tail) ? ipaddr.IPv4.parse(tail) : null;
  if (!HEX_GROUPS.test(written) || !ipaddr.IPv6.isValid(written)) return null;
  const address = ipaddr.IPv6.parse(written);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function contains({ network, prefix }: Range, address: Address): boolean {
  return network.kind() === address.kind() && textOf(networkOf(address, prefix)) === textOf(network);
}

function covers(outer: Range, inner: Range): boolean {
  return outer.prefix <= inner.prefix && contains(outer, inner.network);
}

function networkOf(address: Address, prefix: number): Address {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefix - 8 * index));
    return byte & (0xff << (8 - kept));
  });
  return ipaddr.fromByteArray(bytes);
}

function bitsOf(address: Address): number {
  return address.kind() === 'ipv4' ? 32 : 128;
}

function textOf(address: Address): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
