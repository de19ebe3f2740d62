import type { Account } from '../../src-main/domain/account.ts';
import type { PeopleFilter, PeopleOrder, PeopleQuestion, PersonRecord } from '../../src-main/domain/people.ts';
import { needleOf, personOf, searchKeyOf } from '../../src-main/domain/people.ts';
import type { PolicyInForce } from '../../src-main/domain/policy.ts';
import { DAY, type Instant } from '../../src-main/domain/values.ts';
import type { Store, Tx } from '../../src-main/ports/store.ts';
import { account, factor } from '../ports/store/samples.ts';

/** The moment the crowd is looked at. */
export const TODAY: Instant = Date.UTC(2026, 5, 1, 12);

const FIRST = ['Ada', 'Åsa', 'Zoë', 'josé', 'Ли', 'Jo', 'Ann', 'MAX', 'Özge', 'Wu'];
const LAST = ['Smith', 'O’Hara', 'van der Berg', 'Müller', 'Иванова', 'Jones', 'smithson', 'Li'];
const ROLES: readonly Account['role'][] = ['owner', 'admin', 'manager', 'helpDesk', 'member', 'member', 'member'];

/** People in every state, with groups `even` and `third` and exceptions of three kinds: the same at each call. */
export async function fillCrowd(store: Store, size: number): Promise<void> {
  await store.transaction(async (tx) => {
    const [even, third] = ['even', 'third'].map((id) => ({ id, name: id, createdAt: 0 }));
    if (even) await tx.groups.add(even);
    if (third) await tx.groups.add(third);
    for (let index = 0; index < size; index += 1) await addOne(tx, index);
    const reason = { reason: 'because', createdBy: 'p0', createdAt: 0 };
    const extension = { ...reason, kind: 'extension' as const, accountId: null, groupId: null, until: TODAY + DAY };
    await tx.exceptions.add({ ...extension, id: 'group', groupId: 'third' });
    await tx.exceptions.add({ ...extension, id: 'over', groupId: 'even', until: TODAY });
    await tx.exceptions.add({ ...extension, id: 'own', accountId: 'p4' });
    await tx.exceptions.add({
      ...reason,
      id: 'glass',
      kind: 'breakGlass',
      accountId: 'p1',
      groupId: null,
      until: null,
    });
  });
}

async function addOne(tx: Tx, index: number): Promise<void> {
  const pick = <T>(list: readonly T[], by: number): T => list[Math.floor(index / by) % list.length] as T;
  const id = `p${index}`;
  const emailKey = `${pick(['a', 'jo', 'zz.q'], 3)}${index}@${pick(['example.org', 'smith.example'], 5)}`;
  const isActive = index % 5 < 2;
  await tx.accounts.add(
    account({
      id,
      name: `${pick(FIRST, 1)} ${pick(LAST, 4)}`,
      email: emailKey,
      emailKey,
      role: pick(ROLES, 2),
      phone: index % 3 === 0 ? null : '+4915112345678',
      passwordHash: index % 11 === 3 ? null : 'hash',
      twoStep: isActive ? 'active' : 'off',
      createdAt: TODAY - (index % 17) * DAY,
      joinedAt: index % 4 === 0 ? TODAY - (index % 7) * DAY : null,
      lastSignInAt: index % 6 === 0 ? null : TODAY - (index % 50) * 1_000,
      suspendedAt: index % 13 === 5 ? TODAY - DAY : null,
      mustEnrolSince: index % 19 === 2 ? TODAY - 2 * DAY : null,
      deletedAt: index % 23 === 7 ? TODAY : null,
      throttle: { failures: 0, lockedUntil: index % 9 === 4 ? TODAY + (index % 2) * 1_000 : 0, triesInLock: 0 },
    }),
  );
  const method = index % 10 === 0 ? 'securityKey' : 'email';
  if (isActive) await tx.factors.add(factor({ id: `f${index}`, accountId: id, method }));
  if (index % 2 === 0) await tx.groups.addMember('even', id);
  if (index % 3 === 0) await tx.groups.addMember('third', id);
}

/** Whom a filter lets through, by looking at everybody, in the words of the rules alone. */
export async function sieve(tx: Tx, { filter, now }: Pick<PeopleQuestion, 'filter' | 'now'>, policy: PolicyInForce) {
  const found: PersonRecord[] = [];
  for (const account of await tx.accounts.list()) {
    const factors = await tx.factors.listFor(account.id);
    const record = { account, factors, exemption: await tx.exceptions.exemptionFor(account.id) };
    const groups = await tx.groups.groupsOf(account.id);
    const isIn = filter.groupId === null || groups.some(({ id }) => id === filter.groupId);
    if (isIn && isFound(account, filter) && hasStatus(record, filter.status, policy, now)) found.push(record);
  }
  return found.filter(({ account }) => filter.role === null || account.role === filter.role);
}

function isFound({ name, emailKey }: Account, { search }: PeopleFilter): boolean {
  const needle = needleOf(search);
  if ([...needle].length >= 3) return searchKeyOf(name).includes(needle) || emailKey.includes(needle);
  const words = searchKeyOf(name).split(' ');
  return [...words, emailKey].some((word) => word.startsWith(needle));
}

function hasStatus(record: PersonRecord, status: PeopleFilter['status'], policy: PolicyInForce, now: Instant): boolean {
  const person = personOf(record, policy, now);
  if (status === null) return true;
  if (status === 'locked') return person.locked;
  if (status === 'noPhone') return person.phone === null;
  if (status === 'overdue') return person.compliance === 'overdue';
  if (status === 'invited' || status === 'suspended') return person.state === status;
  return person.state === 'active' && person.twoStep === status;
}

/** Ids in the order asked for; of equals, those who came first come first. */
export function inOrder(records: readonly PersonRecord[], { sort, direction }: PeopleOrder): string[] {
  const sign = direction === 'asc' ? 1 : -1;
  const number = (id: string) => Number(id.slice(1));
  const value = ({ account }: PersonRecord) =>
    ({
      name: searchKeyOf(account.name),
      email: account.emailKey,
      lastSignIn: account.lastSignInAt ?? 0,
      created: account.createdAt,
    })[sort];
  return [...records]
    .sort((a, b) => sign * (byBytes(value(a), value(b)) || number(a.account.id) - number(b.account.id)))
    .map(({ account }) => account.id);
}

/** As UTF-8 sorts, which is as code points do. */
function byBytes(a: string | number, b: string | number): number {
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return a - Number(b);
}
