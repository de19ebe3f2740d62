import { expect, test } from 'vitest';
import type { Role } from '../../src-main/domain/account.ts';
import {
  DEFAULT_ROLES,
  isFixed,
  isPrivileged,
  isUsableOwner,
  type Level,
  type Module,
  may,
  mayGrant,
  outranks,
} from '../../src-main/domain/role.ts';
import { PERSON } from '../support/add-person.ts';

const ROLES: readonly Role[] = ['owner', 'admin', 'manager', 'helpDesk', 'member'];
const LEVELS: readonly Level[] = ['none', 'view', 'manage'];

/** The table as a person reads it: what each role may do with each part of the product until somebody edits it. */
const TABLE: readonly (readonly [Module, Level, Level, Level, Level, Level])[] = [
  ['profile', 'manage', 'manage', 'manage', 'manage', 'manage'],
  ['users', 'manage', 'manage', 'view', 'view', 'none'],
  ['generalSettings', 'manage', 'manage', 'manage', 'none', 'none'],
  ['connections', 'manage', 'manage', 'none', 'none', 'none'],
  ['helpDesk', 'manage', 'manage', 'none', 'manage', 'none'],
  ['auditLog', 'view', 'view', 'none', 'none', 'none'],
  ['reports', 'view', 'view', 'view', 'none', 'none'],
];

test.each(TABLE)(
  'R40 on %s owner, admin, manager, help desk and member have %s, %s, %s, %s, %s',
  (module, ...levels) => {
    expect(ROLES.map((role) => DEFAULT_ROLES[role][module])).toEqual(levels);
    for (const [index, role] of ROLES.entries()) {
      const has = LEVELS.indexOf(levels[index] ?? 'none');
      expect(LEVELS.filter((level) => may(DEFAULT_ROLES[role], module, level))).toEqual(LEVELS.slice(0, has + 1));
    }
  },
);

test('R40 the table speaks of every part there is', () => {
  const parts = TABLE.map(([module]) => module).sort();
  for (const role of ROLES) expect(Object.keys(DEFAULT_ROLES[role]).sort()).toEqual(parts);
});

test('R40 everybody but members is privileged', () => {
  expect(ROLES.filter(isPrivileged)).toEqual(['owner', 'admin', 'manager', 'helpDesk']);
});

test('S39 S41 owners act on everyone, others on lower ranks only', () => {
  const reach = Object.fromEntries(ROLES.map((actor) => [actor, ROLES.filter((target) => outranks(actor, target))]));
  expect(reach).toEqual({
    owner: ROLES,
    admin: ['manager', 'helpDesk', 'member'],
    manager: ['helpDesk', 'member'],
    helpDesk: ['member'],
    member: [],
  });
});

test('S39 nobody but an owner gives their own role or a higher one', () => {
  for (const actor of ROLES.slice(1)) {
    for (const role of ROLES.slice(0, ROLES.indexOf(actor) + 1)) expect(mayGrant(actor, role)).toBe(false);
  }
  expect(ROLES.every((role) => mayGrant('owner', role))).toBe(true);
});

test('R40 what an owner may, and everybody’s own profile, cannot be edited', () => {
  expect([isFixed('owner', 'users'), isFixed('member', 'profile'), isFixed('admin', 'users')]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each([
  ['is suspended', { suspendedAt: 1 }],
  ['has not joined', { passwordHash: null }],
  ['is deleted', { deletedAt: 1 }],
  ['is none', { role: 'admin' as const }],
])('R40 S40 an owner who %s is no usable owner', (_, change) => {
  expect([isUsableOwner(PERSON), isUsableOwner({ ...PERSON, ...change })]).toEqual([true, false]);
});
