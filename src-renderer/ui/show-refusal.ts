import type { UseFormReturnType } from '@mantine/form';
import type { DomainCode } from '../../src-main/domain/errors.ts';
import { failureOf, fieldErrors } from '../explain.ts';

/**
 * Marks the fields a refusal is about and takes the person to the first; what was typed stays.
 * @param concerned the field that a refusal other than `invalidInput` is about.
 */
export function showRefusal<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: unknown,
  concerned: Partial<Record<DomainCode, keyof Values & string>> = {},
) {
  const code = failureOf(error)?.code;
  const field = code && concerned[code];
  const errors = field ? { [field]: true } : fieldErrors(error);
  form.setErrors(errors);
  const first = Object.keys(form.getValues()).find((name) => name in errors);
  if (first) form.getInputNode(first as never)?.focus();
}
