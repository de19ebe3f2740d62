import { expect, test } from 'vitest';
import { DomainError, done, refused, settle } from '../../src-main/domain/errors.ts';

test('R22 a refusal carries its code and what goes with it, and is an error like any', () => {
  const error = new DomainError('locked', { until: 42 });
  expect(error).toBeInstanceOf(Error);
  expect({ code: error.code, data: error.data, name: error.name, message: error.message }).toEqual({
    code: 'locked',
    data: { until: 42 },
    name: 'DomainError',
    message: 'locked',
  });
});

test('R22 what is done settles to its value, even where that is nothing', () => {
  expect(settle(done('value'))).toBe('value');
  expect(settle(done(undefined))).toBeUndefined();
});

test('R22 what is refused settles by throwing the refusal itself', () => {
  const outcome = refused('codeRejected', { triesLeft: 3 });
  expect(() => settle(outcome)).toThrow(outcome.error);
  expect(outcome.error).toMatchObject({ code: 'codeRejected', data: { triesLeft: 3 } });
});
