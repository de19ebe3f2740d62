import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src-main/domain/values.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { type Person, personAt } from '../support/person.ts';
import { PATHS, RECORDED, UNAUDITED, wordOf } from './support/access.ts';
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
  const state = audience === 'signed in' ? 'both steps' : audience === 'pending' ? 'pending' : 'signed out';
  return wordOf(path, state, 'owner');
}

test('S1 S34 the table names every procedure there is, and no other', () => {
  expect([...PATHS].sort()).toEqual(PROCEDURES.map(({ path }) => path).sort());
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
