import type { Level, Module } from '../../src-main/domain/role.ts';

/** Modules by their name on screen, with what managing them means. */
export const MODULES: Readonly<Record<Module, { name: string; hint: string; levels: readonly Level[] }>> = {
  profile: {
    name: 'Own profile',
    hint: 'Everybody looks after their own account.',
    levels: ['none', 'view', 'manage'],
  },
  users: {
    name: 'Users',
    hint: 'Add people, change their role, suspend them, limit their addresses.',
    levels: ['none', 'view', 'manage'],
  },
  generalSettings: {
    name: 'General settings',
    hint: 'The two-step verification policy and its exceptions.',
    levels: ['none', 'view', 'manage'],
  },
  connections: {
    name: 'Connections',
    hint: 'The mail server that codes are sent through.',
    levels: ['none', 'view', 'manage'],
  },
  helpDesk: {
    name: 'Help desk',
    hint: 'Let people back in: unlock, and reset two-step verification.',
    levels: ['none', 'view', 'manage'],
  },
  auditLog: { name: 'Audit log', hint: 'Who did what, and when.', levels: ['none', 'view'] },
  reports: { name: 'Reports', hint: 'How many have two-step verification, over time.', levels: ['none', 'view'] },
};

export const LEVELS: Readonly<Record<Level, string>> = { none: 'None', view: 'View', manage: 'Manage' };
