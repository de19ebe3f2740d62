import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt } from '../support/person.ts';
import { auditOf } from './support/audit.ts';
import { changedTables, dumpOf } from './support/database.ts';
import { INPUTS } from './support/inputs.ts';
import {
  accountOf,
  addAccount,
  copiesOf,
  fullySignedIn,
  pendingSignIn,
  protectedOwner,
  SECOND,
  signedIn,
} from './support/people.ts';
import { callByPath, PROCEDURES } from './support/procedures.ts';
import { verdictOf, wordFor } from './support/verdict.ts';

/**
 * Who may call what, and what comes of it: `yes` where the call does its work, else the refusal. The workspace is set up,
 * its only account an owner with two-step verification on; answers are wrong and ids unknown, so that whoever is
 * let in is mostly told so. Whoever has no live session is nobody, whatever token they hold. Inputs: `support/inputs.ts`.
 */
const TABLE: Record<string, readonly [nobody: string, pending: string, signedIn: string]> = {
  'open.welcome': ['yes', 'yes', 'yes'],
  'open.setUp': ['alreadySetUp', 'alreadySetUp', 'alreadySetUp'],
  'open.signIn.withPassword': ['signInRejected', 'signInRejected', 'signInRejected'],
  'open.signIn.pending': ['signInExpired', 'yes', 'signInExpired'],
  'open.signIn.sendCode': ['signInExpired', 'resendTooSoon', 'signInExpired'],
  'open.signIn.prove': ['signInExpired', 'recoveryCodeRejected', 'signInExpired'],
  'open.signIn.cancel': ['yes', 'yes', 'yes'],
  'open.reset.request': ['yes', 'yes', 'yes'],
  'open.reset.finish': ['oneTimeCodeRejected', 'oneTimeCodeRejected', 'oneTimeCodeRejected'],
  'open.invitation.accept': ['oneTimeCodeRejected', 'oneTimeCodeRejected', 'oneTimeCodeRejected'],
  'open.openOutboxFolder': ['notFound', 'notFound', 'notFound'],
  'open.demoMessages': ['notFound', 'notFound', 'notFound'],
  'open.changes': ['yes', 'yes', 'yes'],
  'self.me': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.keepAlive': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.signOut': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.sessions.list': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.sessions.end': ['notSignedIn', 'notSignedIn', 'notFound'],
  'self.sessions.endOthers': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.profile.rename': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.password.change': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.twoStep.status': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.twoStep.codeState': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.twoStep.sendEnableCode': ['notSignedIn', 'notSignedIn', 'twoStepAlreadyActive'],
  'self.twoStep.enable': ['notSignedIn', 'notSignedIn', 'twoStepAlreadyActive'],
  'self.twoStep.sendProofCode': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.twoStep.disable': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.twoStep.newRecoveryCodes': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.email.sendCode': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.email.change': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.account.delete': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.trustedDevices.list': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.trustedDevices.revoke': ['notSignedIn', 'notSignedIn', 'notFound'],
  'self.trustedDevices.revokeAll': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.outbox.list': ['notSignedIn', 'notSignedIn', 'yes'],
  'self.outbox.read': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.connections.see': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.connections.check': ['notSignedIn', 'notSignedIn', 'invalidInput'],
  'admin.connections.save': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'admin.connections.sendTest': ['notSignedIn', 'notSignedIn', 'invalidInput'],
  'admin.connections.remove': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'admin.clock.accept': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'admin.policy.see': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.policy.preview': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.policy.previewPeople': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.policy.previewCsv': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.policy.sendCode': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.policy.change': ['notSignedIn', 'notSignedIn', 'recoveryCodeRejected'],
  'admin.policy.sendInstructions': ['notSignedIn', 'notSignedIn', 'stateUnfit'],
  'admin.policy.requestSms': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.jobs.see': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.jobs.cancel': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.exceptions.list': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.exceptions.grant': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.exceptions.end': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.people.list': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.people.count': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.people.totals': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.people.exportPage': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.users.see': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.add': ['notSignedIn', 'notSignedIn', 'emailTaken'],
  'admin.users.edit': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.invite': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.changeRole': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.suspend': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.reinstate': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.unlock': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.signOutEverywhere': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.setAllowlist': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.revokeTrust': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.checkImport': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.users.import': ['notSignedIn', 'notSignedIn', 'importUnfit'],
  'admin.users.importState': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.users.cancelImport': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.groups.list': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.groups.add': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.groups.rename': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.groups.remove': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.groups.addMember': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.groups.removeMember': ['notSignedIn', 'notSignedIn', 'notFound'],
  'admin.roles.see': ['notSignedIn', 'notSignedIn', 'yes'],
  'admin.roles.change': ['notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'helpDesk.resetTwoStep': ['notSignedIn', 'notSignedIn', 'notFound'],
};

/** Refused for want of the thing, not of a right: there is no folder to open, and a form has a field empty. */
const UNAUDITED: Record<string, string> = {
  'open.openOutboxFolder': 'notFound',
  'admin.connections.check': 'invalidInput',
  'admin.connections.sendTest': 'invalidInput',
};

/** Queries that are on record although they change nothing: what they give leaves the workspace. */
const RECORDED = ['admin.people.exportPage'];

interface Scene {
  readonly engine: Engine;
  /** A seat that holds the audience's tokens. */
  seat(): Person;
}

/** Everyone who could call, by the tokens they hold. */
const AUDIENCES: Record<string, (engine: Engine, owner: Person) => Promise<Person>> = {
  nobody: async (engine) => personAt(engine),
  pending: (engine) => pendingSignIn(engine),
  'signed in': async (_, owner) => owner,
  'whose session was ended': async (engine, owner) => {
    const other = await fullySignedIn(engine);
    await owner.api.self.sessions.endOthers();
    return other;
  },
  'who signed out and kept the cookie': async (engine) => {
    const other = await fullySignedIn(engine);
    const [kept = other] = copiesOf(engine, other, 1);
    await other.api.self.signOut();
    return kept;
  },
  'of an older epoch': async (engine, owner) => {
    const { id, epoch } = await accountOf(engine);
    await engine.deps.store.transaction((tx) => tx.accounts.change(id, { epoch: epoch + 1 }));
    return owner;
  },
  'idle for too long': async (engine, owner) => {
    engine.clock.advance(15 * MINUTE);
    return owner;
  },
  'past the absolute end': async (engine, owner) => {
    for (let minute = 0; minute < 12 * 60; minute += 14) {
      engine.clock.advance(14 * MINUTE);
      if (minute + 14 < 12 * 60) await owner.api.self.keepAlive();
    }
    return owner;
  },
  'with a made-up token': async (engine) => {
    const person = personAt(engine);
    person.jar.session = 'A'.repeat(43);
    person.jar.pending = 'B'.repeat(43);
    return person;
  },
};

async function sceneOf(audience: string): Promise<Scene> {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const person = await AUDIENCES[audience]?.(engine, owner);
  return { engine, seat: () => copiesOf(engine, person ?? owner, 1)[0] ?? owner };
}

function expectationFor(audience: string, path: string): string | undefined {
  const [nobody, pending, signedIn] = TABLE[path] ?? [];
  return audience === 'signed in' ? signedIn : audience === 'pending' ? pending : nobody;
}

test('S1 S34 the table names every procedure there is, and no other', () => {
  expect(Object.keys(TABLE).sort()).toEqual(PROCEDURES.map(({ path }) => path).sort());
});

describe.each(Object.keys(AUDIENCES))('S1 S26 S34 whoever is %s', (audience) => {
  test('is let in and refused as the table says; a refusal is on record once and changes nothing', async () => {
    let scene = await sceneOf(audience);
    for (const { path, type } of PROCEDURES) {
      const before = dumpOf(scene.engine);
      const audited = (await auditOf(scene.engine)).length;
      const verdict = await verdictOf(callByPath(scene.seat(), path, INPUTS[path]));
      const came = verdict.kind === 'done' ? 'yes' : wordFor(verdict);
      expect([path, came]).toEqual([path, expectationFor(audience, path)]);

      const changed = changedTables(before, dumpOf(scene.engine));
      const entries = (await auditOf(scene.engine)).length - audited;
      if (came !== 'yes') {
        expect([path, entries, changed]).toEqual([path, came === UNAUDITED[path] ? 0 : 1, []]);
      } else if (type !== 'mutation') {
        expect([path, entries, changed]).toEqual([path, RECORDED.includes(path) ? 1 : 0, []]);
      } else {
        scene = await sceneOf(audience);
      }
    }
  });
});

test('S39 a member is refused every procedure of admins and help desk, whatever the input; each refusal is on record once', async () => {
  const engine = await openEngine();
  await protectedOwner(engine);
  await addAccount(engine);
  const member = await signedIn(engine, SECOND);
  const before = dumpOf(engine);
  for (const { path } of PROCEDURES.filter((each) => /^(admin|helpDesk)\./.test(each.path))) {
    for (const input of [INPUTS[path], undefined, { anything: 'else' }]) {
      const audited = (await auditOf(engine)).length;
      expect([path, wordFor(await verdictOf(callByPath(member, path, input)))]).toEqual([path, 'forbidden']);
      expect((await auditOf(engine)).slice(audited)).toMatchObject([
        { kind: 'accessDenied', detail: { reason: path } },
      ]);
    }
  }
  expect(changedTables(before, dumpOf(engine))).toEqual([]);
});
