import type { Role } from '../../domain/account.ts';
import type { AuditDetail, AuditKind } from '../../domain/audit.ts';
import { DAY, type Duration, HOUR, MINUTE } from '../../domain/values.ts';

/** A person of the demonstration workspace, with all it takes to sign in as them. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  readonly twoStep: 'off' | 'active';
  readonly hint: string;
}

/** Somebody of the cast: who they are and what they did so far. */
export interface Part {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly twoStep: 'off' | 'active';
  /** How long ago they joined. */
  readonly joined: Duration;
  /** How long after joining they switched two-step verification on. */
  readonly enabledAfter: Duration;
  readonly codesUsed: number;
  readonly failures: number;
  readonly locked: boolean;
  readonly state: 'joined' | 'invited' | 'suspended';
  readonly phone: string | null;
  readonly allowlist: readonly string[];
  /** What they did, or the owner to them, by how long ago, oldest first. */
  readonly story: readonly Act[];
}

interface Act {
  readonly ago: Duration;
  readonly kind: AuditKind;
  readonly byOwner?: boolean;
  readonly detail?: AuditDetail;
}

export const DEMO_WORKSPACE = 'Harbour Lane Studio';
export const DEMO_AGE: Duration = 184 * DAY;

/** Those one can sign in as; the others are there to be seen. */
const LEADS: readonly (readonly [
  name: string,
  role: Role,
  twoStep: 'off' | 'active',
  hint: string,
  codesUsed: number,
])[] = [
  ['Mara Lindqvist', 'owner', 'active', 'The owner. The e-mailed code appears under Messages.', 1],
  ['Aisha Karimi', 'admin', 'active', 'An admin: people, policy and connections.', 0],
  ['Anders Holm', 'manager', 'active', 'A manager: sees people, and decides on the policy.', 2],
  ['Beatriz Souza', 'helpDesk', 'active', 'The help desk: unlocks members and resets their second step.', 1],
  ['Jonas Weber', 'member', 'off', 'Has not switched two-step verification on yet.', 0],
  ['Priya Raman', 'member', 'active', 'Signs in with a code by e-mail.', 0],
  ['Tom Okafor', 'member', 'active', 'Has only two recovery codes left.', 8],
  ['Elena Petrova', 'member', 'off', 'Joined last week.', 0],
];

const OTHERS = [
  'Bram de Vries',
  'Camille Laurent',
  'Chidi Eze',
  'Clara Neumann',
  'Daniel Novak',
  'Eoin Byrne',
  'Fatima Zahra',
  'Felix Brandt',
  'Giulia Conti',
  'Hana Sato',
  'Henrik Dahl',
  'Ines Ferreira',
  'Ivan Horvat',
  'Jana Kovac',
  'Kofi Mensah',
  'Laila Haddad',
  'Lucas Moreau',
  'Malin Berg',
  'Marek Kowalski',
  'Mei Chen',
  'Nadia Rahman',
  'Niamh Walsh',
  'Oskar Lehto',
  'Paula Vidal',
  'Rafael Cruz',
  'Rosa Marino',
  'Samir Patel',
  'Sofia Papadaki',
  'Tariq Aziz',
  'Ugo Rossi',
  'Vera Ivanova',
  'Yuki Tanaka',
] as const;

const INVITED = ['Ugo Rossi', 'Vera Ivanova', 'Yuki Tanaka'];
const SUSPENDED: Readonly<Record<string, string>> = {
  'Sofia Papadaki': 'On leave until spring',
  'Tariq Aziz': 'Left the studio',
};
export const SUSPENDED_SINCE: Duration = 3 * DAY;
const LIMITED: Readonly<Record<string, readonly string[]>> = {
  'Clara Neumann': ['192.0.2.0/24', '2001:db8:20::/48'],
  'Marek Kowalski': ['198.51.100.17'],
};

/** Groups, with the names of those who are in them. */
export const DEMO_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Design studio': ['Priya Raman', 'Camille Laurent', 'Giulia Conti', 'Hana Sato', 'Mei Chen'],
  'Field team': ['Tom Okafor', 'Kofi Mensah', 'Malin Berg', 'Rafael Cruz'],
  'Night shift': ['Elena Petrova', 'Oskar Lehto', 'Nadia Rahman'],
};

export const DEMO_PEOPLE: readonly DemoPerson[] = LEADS.map(([name, role, twoStep, hint]) => ({
  name,
  email: addressOf(name),
  password: `${firstOf(name)}-walks-the-harbour`,
  role,
  twoStep,
  hint,
}));

/** Forty people in varied states over half a year. The same at each start, so that pictures of it can be compared. */
export const DEMO_CAST: readonly Part[] = [
  ...LEADS.map(([name, role, twoStep, , codesUsed], index) => part(name, role, twoStep, index, codesUsed, 0)),
  ...OTHERS.map((name, index) => {
    const twoStep = index % 3 === 2 || INVITED.includes(name) ? 'off' : 'active';
    return part(name, 'member', twoStep, index + LEADS.length, index % 5, index % 7 === 3 ? 10 : index % 4);
  }),
];

function part(
  name: string,
  role: Role,
  twoStep: 'off' | 'active',
  index: number,
  codesUsed: number,
  failures: number,
): Part {
  const joined = role === 'owner' ? DEMO_AGE : name === 'Elena Petrova' ? 6 * DAY : DEMO_AGE - (index * 4 + 1) * DAY;
  const enabledAfter = HOUR * (1 + ((index * 7) % 90));
  const active = twoStep === 'active';
  const invited = INVITED.includes(name);
  const suspended = SUSPENDED[name];
  const isOut = invited || suspended !== undefined;
  const visits = Array.from({ length: 3 + (index % 6) }, (_, visit) => ({
    ago: Math.round((joined * (visit + 1)) / (4 + (index % 6))) + index * 11 * MINUTE,
    kind: 'signedIn' as const,
  }));
  const added = { ago: invited ? 2 * DAY + index * HOUR : joined, kind: 'userAdded' as const, byOwner: true };
  const story: readonly Act[] = [
    { ago: joined, kind: role === 'owner' ? ('workspaceCreated' as const) : ('signedIn' as const) },
    ...(active ? [{ ago: joined - enabledAfter, kind: 'twoStepEnabled' as const }] : []),
    ...visits,
    ...(index % 4 === 1 ? [{ ago: Math.round(joined / 3), kind: 'passwordChanged' as const }] : []),
    ...(failures >= 10
      ? Array.from({ length: 10 }, (_, n) => ({ ago: (15 - n) * MINUTE, kind: 'passwordRejected' as const }))
      : []),
    ...(suspended
      ? [{ ago: SUSPENDED_SINCE, kind: 'suspended' as const, byOwner: true, detail: { reason: suspended } }]
      : []),
  ];
  return {
    name,
    email: addressOf(name),
    role,
    twoStep,
    joined: invited ? added.ago : joined,
    enabledAfter,
    codesUsed: active ? codesUsed : 0,
    failures: isOut ? 0 : failures,
    locked: failures >= 10 && !isOut,
    state: invited ? 'invited' : suspended ? 'suspended' : 'joined',
    phone: index % 3 === 1 ? null : `+44207946${String(100 + index).padStart(4, '0')}`,
    allowlist: LIMITED[name] ?? [],
    story: invited
      ? [added]
      : story.filter(({ ago }) => !suspended || ago >= SUSPENDED_SINCE).toSorted((a, b) => b.ago - a.ago),
  };
}

function firstOf(name: string): string {
  return name.slice(0, name.indexOf(' '));
}

function addressOf(name: string): string {
  return `${firstOf(name).toLowerCase()}@harbourlane.example`;
}
