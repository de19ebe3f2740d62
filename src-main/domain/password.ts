import type { DomainErrors } from './errors.ts';

export const PASSWORD_MIN = 8; // seed 001; NIST SP 800-63B-4 wants 15 where it is the sole factor: the UI says so
export const PASSWORD_MAX = 256;

export type Unfit = DomainErrors['passwordUnfit']['reason'];

/** What a password must not be, besides common. */
export interface PasswordContext {
  readonly personal: readonly string[];
  readonly isCommon: (password: string) => boolean;
}

/**
 * Why a new password cannot be taken, or null (R19, SECURITY 2): 8 to 256 characters after NFC, not on the
 * blocklist, not the person's own address or name or the workspace's. No composition rules (NIST 3.1.1.2).
 */
export function whyUnfit(password: string, context: PasswordContext): Unfit | null {
  if (password.length > 4 * PASSWORD_MAX) return 'long';
  const normal = password.normalize('NFC');
  const length = [...normal].length;
  if (length < PASSWORD_MIN) return 'short';
  if (length > PASSWORD_MAX) return 'long';
  if (context.isCommon(normal)) return 'common';
  const plain = normal.toLowerCase();
  return context.personal.some((word) => word.toLowerCase() === plain) ? 'personal' : null;
}
