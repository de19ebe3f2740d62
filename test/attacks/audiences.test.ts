import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt } from '../support/person.ts';
import { auditOf } from './support/audit.ts';
import { changedTables, dumpOf } from './support/database.ts';
import { accountOf, copiesOf, fullySignedIn, pendingSignIn, protectedOwner } from './support/people.ts';
import { callByPath, PROCEDURES } from './support/procedures.ts';
import { verdictOf, wordFor } from './support/verdict.ts';

/**
 * Who may call what, and what comes of it: `yes` where the call does its work, else the refusal. The workspace is set up,
 * its only account an owner with two-step verification on; answers are wrong and ids unknown, so that whoever is
 * let in is mostly told so. Whoever has no live session is nobody, whatever token they hold.
 */
const TABLE: Record<string, readonly [input: unknown, nobody: string, pending: string, signedIn: string]> = {
  'open.welcome': [undefined, 'yes', 'yes', 'yes'],
  'open.setUp': [firstRun(), 'alreadySetUp', 'alreadySetUp', 'alreadySetUp'],
  'open.signIn.withPassword': [wrongCredentials(), 'signInRejected', 'signInRejected', 'signInRejected'],
  'open.signIn.pending': [undefined, 'signInExpired', 'yes', 'signInExpired'],
  'open.signIn.sendCode': [{ method: 'email' }, 'signInExpired', 'resendTooSoon', 'signInExpired'],
  'open.signIn.prove': [recoveryCode(), 'signInExpired', 'recoveryCodeRejected', 'signInExpired'],
  'open.signIn.cancel': [undefined, 'yes', 'yes', 'yes'],
  'open.reset.request': [{ email: 'nobody@example.org' }, 'yes', 'yes', 'yes'],
  'open.reset.finish': [newPassword(), 'oneTimeCodeRejected', 'oneTimeCodeRejected', 'oneTimeCodeRejected'],
  'open.openOutboxFolder': [undefined, 'notFound', 'notFound', 'notFound'],
  'open.demoMessages': [undefined, 'notFound', 'notFound', 'notFound'],
  'open.changes': [undefined, 'yes', 'yes', 'yes'],
  'self.me': [undefined, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.keepAlive': [undefined, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.signOut': [undefined, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.sessions.list': [undefined, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.sessions.end': [{ id: 'unknown' }, 'notSignedIn', 'notSignedIn', 'notFound'],
  'self.sessions.endOthers': [undefined, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.profile.rename': [{ name: 'Ada Renamed' }, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.password.change': [wrongChange(), 'notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.twoStep.status': [undefined, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.twoStep.codeState': [{ challengeId: 'unknown' }, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.twoStep.sendEnableCode': [{ method: 'email' }, 'notSignedIn', 'notSignedIn', 'twoStepAlreadyActive'],
  'self.twoStep.enable': [answer(), 'notSignedIn', 'notSignedIn', 'twoStepAlreadyActive'],
  'self.twoStep.sendProofCode': [{ purpose: 'disable' }, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.twoStep.disable': [wrongStepUp(), 'notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.twoStep.newRecoveryCodes': [wrongStepUp(), 'notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.email.sendCode': [newAddress(), 'notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.email.change': [{ ...wrongStepUp(), ...answer() }, 'notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.account.delete': [wrongStepUp(), 'notSignedIn', 'notSignedIn', 'currentPasswordRejected'],
  'self.outbox.list': [undefined, 'notSignedIn', 'notSignedIn', 'yes'],
  'self.outbox.read': [{ id: 'unknown' }, 'notSignedIn', 'notSignedIn', 'notFound'],
};

/** Refused for want of the thing, not of a right: there is no folder to open. */
const UNAUDITED = ['open.openOutboxFolder'];

function firstRun() {
  const password = 'a horse of their own';
  const name = 'Eve Second';
  return {
    workspaceName: 'Mine',
    name,
    email: 'eve@example.org',
    password,
    confirmPassword: password,
    template: 'classic',
  };
}

function wrongCredentials() {
  return { email: 'nobody@example.org', password: 'not this one' };
}

function recoveryCode() {
  return { method: 'recoveryCode', code: '0'.repeat(20) };
}

function answer() {
  return { challengeId: 'unknown', code: '000000' };
}

function newPassword() {
  return { code: 'unknown', newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
}

function wrongChange() {
  const { code: _, ...chosen } = newPassword();
  return { currentPassword: 'not this one', ...chosen };
}

function wrongStepUp() {
  return { currentPassword: 'not this one', proof: recoveryCode() };
}

function newAddress() {
  return { newEmail: 'ada.new@example.org', currentPassword: 'not this one' };
}

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

function expectationFor(audience: string, path: string): readonly [input: unknown, expected: string] {
  const [input, nobody, pending, signedIn] = TABLE[path] ?? [undefined, 'missing', 'missing', 'missing'];
  return [input, audience === 'signed in' ? signedIn : audience === 'pending' ? pending : nobody];
}

test('S1 S34 the table names every procedure there is, and no other', () => {
  expect(Object.keys(TABLE).sort()).toEqual(PROCEDURES.map(({ path }) => path).sort());
});

describe.each(Object.keys(AUDIENCES))('S1 S26 S34 whoever is %s', (audience) => {
  test('is let in and refused as the table says; a refusal is on record once and changes nothing', async () => {
    let scene = await sceneOf(audience);
    for (const { path, type } of PROCEDURES) {
      const [input, expected] = expectationFor(audience, path);
      const before = dumpOf(scene.engine);
      const audited = (await auditOf(scene.engine)).length;
      const verdict = await verdictOf(callByPath(scene.seat(), path, input));
      const came = verdict.kind === 'done' ? 'yes' : wordFor(verdict);
      expect([path, came]).toEqual([path, expected]);

      const changed = changedTables(before, dumpOf(scene.engine));
      const entries = (await auditOf(scene.engine)).length - audited;
      if (came !== 'yes') {
        expect([path, entries, changed]).toEqual([path, UNAUDITED.includes(path) ? 0 : 1, []]);
      } else if (type !== 'mutation') {
        expect([path, entries, changed]).toEqual([path, 0, []]);
      } else {
        scene = await sceneOf(audience);
      }
    }
  });
});
