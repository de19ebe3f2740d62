import { TRPCError } from '@trpc/server';
import { expect } from 'vitest';
import { ZodError } from 'zod';
import { fieldsOf } from '../../../src-main/api/refusals.ts';
import { type DomainCode, DomainError } from '../../../src-main/domain/errors.ts';

/** What a call came to, as a client would learn it; `failed` is a bug or a fault, of which it learns nothing. */
export type Verdict =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly code: DomainCode; readonly data: unknown }
  | { readonly kind: 'failed'; readonly message: string };

/** Waits for a call and says what it came to; never throws. */
export async function verdictOf(call: Promise<unknown>): Promise<Verdict> {
  try {
    return { kind: 'done', value: await call };
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof DomainError) return { kind: 'refused', code: cause.code, data: cause.data };
    if (cause instanceof ZodError) {
      return { kind: 'refused', code: 'invalidInput', data: { fields: fieldsOf(cause) } };
    }
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

/** One word for a verdict: `done`, the refusal's code, or `failed`. */
export function wordFor(verdict: Verdict): string {
  return verdict.kind === 'refused' ? verdict.code : verdict.kind;
}

/** The words of many calls made at once, and how often each fell. */
export async function tally(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const words: Record<string, number> = {};
  for (const verdict of await Promise.all(calls.map(verdictOf))) {
    const word = wordFor(verdict);
    words[word] = (words[word] ?? 0) + 1;
  }
  return words;
}

/** Holds that a call is refused with this code. */
export async function expectRefusal(call: Promise<unknown>, code: DomainCode): Promise<void> {
  expect(wordFor(await verdictOf(call))).toBe(code);
}

/** `count` calls at once. */
export function times<T>(count: number, call: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => call(index));
}
