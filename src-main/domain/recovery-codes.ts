import { drawLetters, readLetters } from './base32.ts';

/** Ten codes of 80 random bits each, with a public selector so that a try costs one hash (SECURITY 2). */
export const RECOVERY_CODE_COUNT = 10;
export const RECOVERY_CODES_LOW = 3; // R4
export const RECOVERY_TRIES = 5;

const SELECTOR_LENGTH = 4;
const SECRET_LENGTH = 16; // 16 × 5 bits = 80

export interface RecoveryCodeParts {
  readonly selector: string;
  readonly secret: string;
}

/** Draws a set with ten different selectors (S29). `below(n)` draws a uniform whole number in [0, n). */
export function drawRecoveryCodes(below: (bound: number) => number): RecoveryCodeParts[] {
  const codes = new Map<string, RecoveryCodeParts>();
  while (codes.size < RECOVERY_CODE_COUNT) {
    const selector = drawLetters(SELECTOR_LENGTH, below);
    if (!codes.has(selector)) codes.set(selector, { selector, secret: drawLetters(SECRET_LENGTH, below) });
  }
  return [...codes.values()];
}

/** As shown, printed and saved: `XXXXX-XXXXX-XXXXX-XXXXX`. */
export function formatRecoveryCode({ selector, secret }: RecoveryCodeParts): string {
  return (selector + secret).replace(/(.{5})(?=.)/g, '$1-');
}

/** Reads what a person typed, forgivingly; null for anything else (S5). */
export function readRecoveryCode(input: unknown): RecoveryCodeParts | null {
  const plain = readLetters(input, SELECTOR_LENGTH + SECRET_LENGTH);
  if (plain === null) return null;
  return { selector: plain.slice(0, SELECTOR_LENGTH), secret: plain.slice(SELECTOR_LENGTH) };
}
