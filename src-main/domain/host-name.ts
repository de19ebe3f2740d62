const LABELS = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const LONGEST = 253; // RFC 1035 2.3.4
const OCTET = /^(0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** A host name (RFC 1123) or an IP address in its plain spelling, without brackets or zone (S44). */
export function isHost(host: string): boolean {
  if (host.length > LONGEST) return false;
  if (isIPv6(host)) return true;
  if (!LABELS.test(host)) return false;
  // A name that ends in a number is read as an address by some resolvers, in spellings nobody expects.
  return /(^|\.)\d+$/.test(host) ? isIPv4(host) : true;
}

/** Whether what is sent to this host never leaves this computer. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true; // RFC 6761 6.3
  return name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

function isIPv4(host: string): boolean {
  const octets = host.split('.');
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255);
}

function isIPv6(host: string): boolean {
  const halves = host.split('::');
  if (!host.includes(':') || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && !isIPv4(last)) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  const count = plain.length + (embedded ? 2 : 0);
  return plain.every((group) => GROUP.test(group)) && (halves.length === 2 ? count <= 7 : count === 8);
}
