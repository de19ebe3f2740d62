import type { Account, Role } from '../../domain/account.ts';
import { searchKeyOf } from '../../domain/people.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../domain/values.ts';
import { newAccount } from './create-workspace.ts';

const FIRST_NAMES =
  'Ada Ben Chloé Dmitri Elif Farah Grace Hugo Ingrid José Kenji Lena Marek Noor Olga Paulo Quinn Rosa Sören Tara Ugo Vera Wei Xenia Yusuf Zoë Amara Björn Carla Diego'.split(
    ' ',
  );
const LAST_NAMES =
  'Abe Bauer Costa Dubois Eriksen Fischer García Haddad Ivanov Jensen Kowalski Lindqvist Müller Nguyen Okafor Petrov Quist Rossi Silva Tanaka Ueda Vargas Wagner Xu Yilmaz Zhang Andersson Brown Castro Doyle Evans Fournier Grant Hughes Iqbal Jones Khan'.split(
    ' ',
  );
const DOMAINS = ['example.org', 'example.com', 'example.net'];

/** The same for the same index and salt: 0 to `below`, less one (the finaliser of MurmurHash3, public domain). */
function pick(index: number, salt: number, below: number): number {
  let hash = Math.imul(index ^ (salt * 0x9e3779b9), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % below;
}

/** Person number `index` of a made-up workspace: most are members with two-step verification on, some in each other state. */
export function seedPerson(index: number, id: string, passwordHash: string, now: Instant): Account {
  const first = FIRST_NAMES[pick(index, 1, FIRST_NAMES.length)] ?? '';
  const last = LAST_NAMES[pick(index, 2, LAST_NAMES.length)] ?? '';
  const words = [first, last].map((word) => searchKeyOf(word).replace(/[^a-z]/g, ''));
  const email = `${words.join('.')}.${index}@${DOMAINS[pick(index, 3, DOMAINS.length)]}`;
  const percent = (salt: number) => pick(index, salt, 1_000) / 10;
  const invited = percent(4) < 3;
  const suspended = !invited && percent(5) < 2;
  const createdAt = now - DAY - pick(index, 6, 900) * DAY - pick(index, 7, 86_400) * 1_000;
  const joinedAt = invited ? null : Math.min(now, createdAt + pick(index, 8, 72) * HOUR);
  const signedInBefore = !invited && percent(9) < 92;
  return {
    ...newAccount(id, `${first} ${last}`, { email, key: email }, roleOf(percent(10)), null, createdAt),
    passwordHash: invited ? null : passwordHash,
    phone: percent(11) < 70 ? `+4915${String(100_000_000 + index).slice(-9)}` : null,
    twoStep: !invited && percent(12) < 62 ? 'active' : 'off',
    joinedAt,
    lastSignInAt: signedInBefore ? now - pick(index, 13, 60 * 24 * 60) * MINUTE : null,
    suspendedAt: suspended ? now - pick(index, 14, 90) * DAY : null,
    throttle: percent(15) < 0.3 ? { failures: 10, lockedUntil: now + HOUR, triesInLock: 0 } : newThrottle(),
  };
}

function newThrottle(): Account['throttle'] {
  return { failures: 0, lockedUntil: 0, triesInLock: 0 };
}

function roleOf(percent: number): Role {
  if (percent < 0.1) return 'admin';
  if (percent < 1) return 'manager';
  return percent < 2 ? 'helpDesk' : 'member';
}
