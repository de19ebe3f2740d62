import { parseName } from '../../domain/person-name.ts';

/** What to say of a reason that cannot be taken. */
export const REASON_WANTED = 'Say why, in one line of up to 100 characters.';

/** Why an act is done, for the log: one visible line of up to 100 characters, as a name is. Null when unfit (S56). */
export function readReason(input: string): string | null {
  return parseName(input);
}
