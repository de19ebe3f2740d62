/** A length and a value after their tag (X.690 8.1). */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(value)]), value]);
}

function lengthOf({ length }: Uint8Array): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
export const octets = (value: Uint8Array) => der(0x04, value);
export const bits = (value: Uint8Array) => der(0x03, Buffer.from([0]), value);
export const utf8 = (text: string) => der(0x0c, Buffer.from(text));
export const yes = der(0x01, Buffer.from([0xff]));

/** A whole number that is not negative; its bytes have no zero in front. */
export function integer(value: Uint8Array | number): Uint8Array {
  const bytes = typeof value === 'number' ? Buffer.from([value]) : value;
  return (bytes[0] ?? 0) < 0x80 ? der(0x02, bytes) : der(0x02, Buffer.from([0]), bytes);
}

/** `2.5.29.17` */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const groups = [first * 40 + second, ...rest].flatMap((arc) => {
    const sevens = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) sevens.unshift((left & 0x7f) | 0x80);
    return sevens;
  });
  return der(0x06, Buffer.from(groups));
}

/** UTCTime: years from 1950 to 2049. */
export function utcTime(at: number): Uint8Array {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}
