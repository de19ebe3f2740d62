import { expect, test } from 'vitest';
import { auditEntry, oneself, stranger } from '../../src-main/domain/audit.ts';
import type { Caller } from '../../src-main/domain/values.ts';

const CALLER: Caller = { surface: 'web', addresses: ['192.0.2.7', '198.51.100.1'], client: 'Firefox on Linux' };

test('R43 an entry says who did what, on whom, when and from where', () => {
  expect(auditEntry('twoStepEnabled', 42, CALLER, oneself('ada'), { method: 'email' })).toEqual({
    kind: 'twoStepEnabled',
    at: 42,
    actorId: 'ada',
    targetId: 'ada',
    surface: 'web',
    address: '192.0.2.7',
    detail: { method: 'email' },
  });
});

test('R43 somebody at the sign-in screen acts as nobody, on an account where one is meant', () => {
  expect(auditEntry('passwordRejected', 42, CALLER, stranger('ada'))).toMatchObject({
    actorId: null,
    targetId: 'ada',
    detail: {},
  });
  expect(stranger(null)).toEqual({ actorId: null, targetId: null });
});

test('R43 a caller without an address leaves the place empty', () => {
  expect(auditEntry('signedIn', 42, { ...CALLER, addresses: [] }, oneself('ada')).address).toBe('');
});
