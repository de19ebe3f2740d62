/** Ten codes of 80 random bits each, with a public selector so that a try costs one hash (SECURITY 2). */
export const RECOVERY_CODE_COUNT = 10;
export const RECOVERY_CODES_LOW = 3; // R4
export const RECOVERY_TRIES = 5;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford base32: no I, L, O, U
const SELECTOR_LENGTH = 4;
const SECRET_LENGTH = 16; // 16 × 5 bits = 80
const LENGTH = SELECTOR_LENGTH + SECRET_LENGTH;

export interface RecoveryCodeParts {
  readonly selector: string;
  readonly secret: string;
}

/** Draws a set with ten different selectors (S29). `below(n)` draws a uniform whole number in [0, n). */
export function drawRecoveryCodes(below: (bound: number) => number): RecoveryCodeParts[] {
  const codes = new Map<string, RecoveryCodeParts>();
  while (codes.size < RECOVERY_CODE_COUNT) {
    const selector = draw(SELECTOR_LENGTH, below);
    if (!codes.has(selector)) codes.set(selector, { selector, secret: draw(SECRET_LENGTH, below) });
  }
  return [...codes.values()];
}

function draw(length: number, below: (bound: number) => number): string {
  return Array.from({ length }, () => ALPHABET.charAt(below(ALPHABET.length))).join('');
}

/** As shown, printed and saved: `XXXXX-XXXXX-XXXXX-XXXXX`. */
export function formatRecoveryCode({ selector, secret }: RecoveryCodeParts): string {
  return (selector + secret).replace(/(.{5})(?=.)/g, '$1-');
}

/** Reads what a person typed: case, spaces, dashes, and O for 0, I or L for 1 forgiven; null for anything else (S5). */
export function readRecoveryCode(input: unknown): RecoveryCodeParts | null {
  if (typeof input !== 'string' || input.length > 64) return null;
  const plain = input
    .toUpperCase()
    .replace(/[\s\-‐-―]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (plain.length !== LENGTH || [...plain].some((letter) => !ALPHABET.includes(letter))) return null;
  return { selector: plain.slice(0, SELECTOR_LENGTH), secret: plain.slice(SELECTOR_LENGTH) };
}
