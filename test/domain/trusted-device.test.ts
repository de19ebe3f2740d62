import { describe, expect, test } from 'vitest';
import { policyOf } from '../../src-main/domain/policy.ts';
import { changeTrusts, isTrusted, TRUST_LASTS, type TrustedDevice } from '../../src-main/domain/trusted-device.ts';
import { account, T0 } from '../ports/store/samples.ts';

const POLICY = { ...policyOf('strong'), trust: '7d' } as const;
const DEVICE: TrustedDevice = {
  id: 'laptop',
  accountId: 'ada',
  secretHash: 'hash',
  epoch: 1,
  policyVersion: 3,
  client: 'Chrome on Linux',
  createdAt: T0,
  lastUsedAt: T0,
  expiresAt: T0 + 1,
};

describe('R18 a trusted device', () => {
  test.each([
    ['in time', {}, {}, true],
    ['at its end', { expiresAt: T0 }, {}, false],
    ['of somebody else (S31)', { accountId: 'eve' }, {}, false],
    ['from before a change of factors (S27)', { epoch: 0 }, {}, false],
    ['from before a change of policy (S33)', { policyVersion: 2 }, {}, false],
    ['under a policy that trusts none', {}, { trust: 'never' }, false],
  ] as const)('%s is trusted: %4$s', (_, device, policy, trusted) => {
    expect(isTrusted({ ...DEVICE, ...device }, account(), { ...POLICY, ...policy }, 3, T0)).toBe(trusted);
  });

  test('is trusted for as long as policy says', () => {
    const days = Object.values(TRUST_LASTS).map((lasts) => lasts && lasts / 86_400_000);
    expect(days).toEqual([null, 1, 1, 7, 30]);
  });
});

describe('what the carrier has of trust', () => {
  const token = (id: string, secret = 's') => ({ id, secret });
  const change = { forget: [], lasts: 'session' } as const;

  test('the newest comes first, and in place of its older secret', () => {
    const held = [token('a'), token('b')];
    expect(changeTrusts(held, { ...change, keep: token('b', 'new') })).toEqual([token('b', 'new'), token('a')]);
  });

  test('what counts no more is gone', () => {
    expect(changeTrusts([token('a'), token('b')], { ...change, keep: null, forget: ['a'] })).toEqual([token('b')]);
  });

  test('ten are kept, and the oldest goes', () => {
    const held = Array.from({ length: 10 }, (_, index) => token(`${index}`));
    const ids = changeTrusts(held, { ...change, keep: token('new') }).map(({ id }) => id);
    expect(ids).toEqual(['new', '0', '1', '2', '3', '4', '5', '6', '7', '8']);
  });
});
