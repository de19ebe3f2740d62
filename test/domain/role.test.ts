import { expect, test } from 'vitest';
import { isPrivileged, type Level, type Module, may, permissionsOf } from '../../src-main/domain/role.ts';

/** The table as a person reads it: what each role may do with each part of the product. */
const TABLE: readonly (readonly [Module, owner: Level, member: Level])[] = [
  ['profile', 'manage', 'manage'],
  ['users', 'manage', 'none'],
  ['generalSettings', 'manage', 'none'],
  ['connections', 'manage', 'none'],
  ['helpDesk', 'manage', 'none'],
  ['auditLog', 'view', 'none'],
  ['reports', 'view', 'none'],
];
const LEVELS: readonly Level[] = ['none', 'view', 'manage'];

test.each(TABLE)('R40 on %s an owner has %s, a member %s', (module, owner, member) => {
  expect([permissionsOf('owner')[module], permissionsOf('member')[module]]).toEqual([owner, member]);
  for (const asked of LEVELS) {
    expect(may('owner', module, asked)).toBe(LEVELS.indexOf(asked) <= LEVELS.indexOf(owner));
    expect(may('member', module, asked)).toBe(LEVELS.indexOf(asked) <= LEVELS.indexOf(member));
  }
});

test('R40 the table speaks of every part there is', () => {
  const parts = TABLE.map(([module]) => module).sort();
  for (const role of ['owner', 'member'] as const) expect(Object.keys(permissionsOf(role)).sort()).toEqual(parts);
});

test('R40 the owner alone is privileged', () => {
  expect([isPrivileged('owner'), isPrivileged('member')]).toEqual([true, false]);
});
