import { z } from 'zod';
import { PASSWORD_MAX } from '../domain/password.ts';

/** Bounds of shape and size; what a value must mean is decided in `domain`. Unknown keys are refused (S39). */
export const text = (wanted: string) =>
  z
    .string(wanted)
    .max(400, 'That is too long.')
    .refine((value) => value.trim() !== '', wanted);

export const password = (wanted: string) =>
  z
    .string(wanted)
    .min(1, wanted)
    .max(4 * PASSWORD_MAX, 'That is too long.');

export const id = z.string().min(1).max(64);

/** Whatever was answered: nonsense is weighed and counted as a wrong code, not turned away uncounted (S5). */
export const anyCode = z.custom<string>(() => true).optional();

const emailProof = z.strictObject({ method: z.literal('email'), challengeId: id, code: anyCode });
const recoveryProof = z.strictObject({ method: z.literal('recoveryCode'), code: anyCode });

export const proof = z.discriminatedUnion('method', [emailProof, recoveryProof], 'Choose how to prove that it is you.');

const remember = z.boolean().optional();

/** A proof at sign-in, where this computer may be remembered (R18). */
export const secondStep = z.discriminatedUnion(
  'method',
  [emailProof.extend({ remember }), recoveryProof.extend({ remember })],
  'Choose how to prove that it is you.',
);

export const stepUp = z.strictObject({
  currentPassword: password('Enter your current password.'),
  proof: proof.nullable(),
});

export const emailMethod = z.strictObject({ method: z.literal('email', 'This method is not available.') });

export const nothing = z.undefined().or(z.strictObject({}));
