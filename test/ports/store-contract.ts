import { describe } from 'vitest';
import { accountContract } from './store/accounts.ts';
import { auditContract } from './store/audit.ts';
import { challengeContract } from './store/challenges.ts';
import { connectionContract } from './store/connections.ts';
import { factorContract } from './store/factors.ts';
import { impactContract } from './store/impact.ts';
import { oneTimeCodeContract } from './store/one-time-codes.ts';
import { outboxContract } from './store/outbox.ts';
import { pendingSignInContract } from './store/pending-sign-ins.ts';
import { peopleContract } from './store/people.ts';
import { policyContract } from './store/policy.ts';
import { recoveryCodeContract } from './store/recovery-codes.ts';
import type { OpenStore } from './store/samples.ts';
import { sessionContract } from './store/sessions.ts';
import { transactionContract } from './store/transactions.ts';
import { workspaceContract } from './store/workspace.ts';

/** What every adapter of the port `Store` must pass. `open` gives a fresh, empty store and closes it after the test. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`${name} keeps the contract of Store:`, () => {
    describe('transactions', () => transactionContract(open));
    describe('workspace', () => workspaceContract(open));
    describe('accounts', () => accountContract(open));
    describe('factors', () => factorContract(open));
    describe('recovery codes', () => recoveryCodeContract(open));
    describe('challenges', () => challengeContract(open));
    describe('pending sign-ins', () => pendingSignInContract(open));
    describe('sessions', () => sessionContract(open));
    describe('one-time codes', () => oneTimeCodeContract(open));
    describe('outbox', () => outboxContract(open));
    describe('policy, roles, jobs and trust', () => policyContract(open));
    describe('impact of a policy', () => impactContract(open));
    describe('people', () => peopleContract(open));
    describe('connections', () => connectionContract(open));
    describe('audit', () => auditContract(open));
  });
}
