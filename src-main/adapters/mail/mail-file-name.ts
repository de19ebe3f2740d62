import type { Instant } from '../../domain/values.ts';

const NAME = /^(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2}\.\d{3}Z)-([\w-]{1,64})\.eml$/;

/** `2026-11-22T12-30-05.123Z-ID.eml`: sorts by time, and no system minds the dashes (INTERFACE, "Data folder"). */
export function mailFileName(id: string, at: Instant): string {
  const name = `${new Date(at).toISOString().replaceAll(':', '-')}-${id}.eml`;
  if (!NAME.test(name)) throw new Error('A letter has an id or a time that makes no file name.');
  return name;
}

/** When the letter of that file was written; null for any other name, among them every path. */
export function timeOfMailFile(name: string): Instant | null {
  const [, hour, minute, second] = NAME.exec(name) ?? [];
  const at = Date.parse(`${hour}:${minute}:${second}`);
  return Number.isNaN(at) ? null : at;
}
