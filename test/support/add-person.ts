import type { Account } from '../../src-main/domain/account.ts';
import { policyOf } from '../../src-main/domain/policy.ts';
import type { Store } from '../../src-main/ports/store.ts';

export const PERSON: Account = {
  id: 'q83vEjRWeJCrze_-q83vEg',
  name: 'Ada Byron',
  email: 'ada@example.org',
  emailKey: 'ada@example.org',
  role: 'owner',
  passwordHash: 'unused',
  passwordChangedAt: 0,
  twoStep: 'off',
  epoch: 1,
  throttle: { failures: 0, lockedUntil: 0, triesInLock: 0 },
  createdAt: 0,
  phone: null,
  joinedAt: null,
  suspendedAt: null,
  mustEnrolSince: null,
  allowlist: [],
  lastSignInAt: null,
  mailResetAt: null,
  deletedAt: null,
};

/** A workspace with one account, to write letters to. */
export async function addPerson(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.workspace.create({ name: 'Harbour & Pine', template: 'strong', createdAt: 0 }, policyOf('strong'));
    await tx.accounts.add(PERSON);
  });
}
