import { CodeRule } from '../sign-in-model/code-rule.ts';
import { LockoutRule } from '../sign-in-model/lockout-rule.ts';
import type { Place as AnyPlace, Told as AnyTold } from '../sign-in-model/words.ts';

export type Told = AnyTold;
export type Role = 'owner' | 'admin' | 'manager' | 'helpDesk' | 'member';
export type Key = 'olga' | 'otto' | 'anna' | 'mona' | 'hedi' | 'mike' | 'maja' | 'ines';

/** Everybody in the workspace, and whom they start as; Ines is invited on the way, if at all. */
export const CAST: readonly { readonly key: Key; readonly role: Role }[] = [
  { key: 'olga', role: 'owner' },
  { key: 'otto', role: 'owner' },
  { key: 'anna', role: 'admin' },
  { key: 'mona', role: 'manager' },
  { key: 'hedi', role: 'helpDesk' },
  { key: 'mike', role: 'member' },
  { key: 'maja', role: 'member' },
  { key: 'ines', role: 'member' },
];

export const KEYS: readonly Key[] = CAST.map(({ key }) => key);

export function nameOf(key: Key): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)} Example`;
}

export function emailOf(key: Key): string {
  return `${key}@example.org`;
}

export function firstPasswordOf(key: Key): string {
  return `the first horse of ${key}`;
}

/** Where somebody stands, as the rules see it. */
export interface Someone {
  readonly key: Key;
  role: Role;
  /** `none` before anybody added them, `invited` until they joined. */
  state: 'none' | 'invited' | 'joined';
  /** Joined, or added: a compliance period counts from then at the earliest. */
  since: number;
  suspended: boolean;
  twoStep: boolean;
  /** Reset by an admin, and not enrolled since. */
  mustEnrol: boolean;
  /** Must enrol for no other reason than that they joined when no time was left. */
  joinedLate: boolean;
  /** Open exceptions: until when each extends the deadline; null for an account for emergencies (R37). */
  grants: readonly (number | null)[];
  /** Whether the seats 0–2, seat 3, or all are where they may sign in from. */
  limitedTo: 'nowhere' | 'here' | 'away';
  /** Unused recovery codes. */
  readonly recoveryCodes: Set<string>;
  readonly lockout: LockoutRule;
  readonly mail: CodeRule;
  readonly invitedAt: number[];
  /** The newest code of an invitation, while it opens anything. */
  invitation: { readonly code: string; readonly until: number } | null;
}

export function someoneOf(key: Key, role: Role, state: Someone['state'], since: number): Someone {
  return {
    key,
    role,
    state,
    since,
    suspended: false,
    twoStep: false,
    mustEnrol: false,
    joinedLate: false,
    grants: [],
    limitedTo: 'nowhere',
    recoveryCodes: new Set(),
    lockout: new LockoutRule(),
    mail: new CodeRule(),
    invitedAt: [],
    invitation: null,
  };
}

/** A session or a pending sign-in at a seat. */
export interface Place extends AnyPlace {
  readonly who: Key;
  begunAt: number;
  /** By a second step at this very sign-in. */
  proven: boolean;
  scope: 'full' | 'enrolOnly';
}

/** A computer that is remembered for somebody. */
export interface Trust {
  readonly who: Key;
  readonly until: number;
  alive: boolean;
  /** No record of it is left. */
  gone: boolean;
  /** Each use changes the secret: only the newest counts (S32). */
  generation: number;
}

/** What a seat holds of a trust: it may be a copy, and old. */
export interface Held {
  readonly trust: Trust;
  readonly generation: number;
}

/** As any code that is mailed: a minute apart, five an hour, ten a day. */
export function mayInvite({ invitedAt }: Pick<Someone, 'invitedAt'>, now: number): boolean {
  const within = (span: number) => invitedAt.filter((at) => at > now - span).length;
  return within(60_000) === 0 && within(3_600_000) < 5 && within(24 * 3_600_000) < 10;
}
