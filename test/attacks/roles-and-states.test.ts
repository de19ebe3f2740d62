import { describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/engine.ts';
import { enableTwoStep, type Person, personAt } from '../support/person.ts';
import { type AnyRole, PATHS, RECORDED, ROLES, STATES, type State, UNAUDITED, wordOf } from './support/access.ts';
import { auditOf } from './support/audit.ts';
import { changedTables, dumpOf } from './support/database.ts';
import { INPUTS } from './support/inputs.ts';
import { addAccount, copiesOf, protectedOwner, SECOND, signedIn } from './support/people.ts';
import { callByPath, PROCEDURES } from './support/procedures.ts';
import { verdictOf, wordFor } from './support/verdict.ts';

const CREDENTIALS = { email: SECOND.email, password: SECOND.password };

/** How somebody comes into each state. */
const COMES: Record<State, (engine: Engine) => Promise<Person>> = {
  'signed out': async (engine) => personAt(engine),
  pending: async (engine) => {
    await enrolled(engine);
    return afterPassword(engine);
  },
  enrolling: async (engine) => {
    await require(engine);
    return afterPassword(engine);
  },
  'password only': (engine) => signedIn(engine, SECOND),
  'both steps': async (engine) => enrolled(engine),
};

async function enrolled(engine: Engine): Promise<Person> {
  const person = await signedIn(engine, SECOND);
  await enableTwoStep(engine, person, SECOND.email);
  return person;
}

async function afterPassword(engine: Engine): Promise<Person> {
  const person = personAt(engine);
  await person.api.open.signIn.withPassword(CREDENTIALS);
  return person;
}

/** From now on everybody must have it at the next sign-in (R24, 0 days). */
async function require({ deps }: Engine): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const { policy } = await tx.workspace.policy();
    const now = deps.clock.now();
    await tx.workspace.changePolicy({ ...policy, enforcement: 'required' }, now, now);
  });
}

interface Scene {
  readonly engine: Engine;
  /** A seat that holds their tokens. */
  seat(): Person;
}

async function sceneOf(role: AnyRole, state: State): Promise<Scene> {
  const engine = await openEngine({ durability: 'none' });
  await protectedOwner(engine);
  await addAccount(engine, SECOND, role);
  const person = await COMES[state](engine);
  return { engine, seat: () => copiesOf(engine, person, 1)[0] ?? person };
}

test('S1 S34 S39 each procedure has its row', () => {
  expect([...PATHS].sort()).toEqual(PROCEDURES.map(({ path }) => path).sort());
});

describe.each(ROLES)('S1 S24 S34 S39 R26 R40 somebody whose role is %s', (role) => {
  test.each(STATES)('is let in and refused as the table says: %s', async (state) => {
    let scene = await sceneOf(role, state);
    let before = dumpOf(scene.engine);
    const differences: unknown[] = [];
    for (const { path, type } of PROCEDURES) {
      const audited = (await auditOf(scene.engine)).length;
      const verdict = await verdictOf(callByPath(scene.seat(), path, INPUTS[path]));
      const came = verdict.kind === 'done' ? 'yes' : wordFor(verdict);
      const wanted = wordOf(path, state, role);
      const entries = (await auditOf(scene.engine)).length - audited;
      const changed = came === 'yes' && type === 'mutation' ? [] : changedTables(before, dumpOf(scene.engine));
      const onRecord = came === 'yes' ? RECORDED.includes(path) : came !== UNAUDITED[path];
      const isRight = came === wanted && changed.length === 0;
      const isOnRecord = (came === 'yes' && type === 'mutation') || entries === (onRecord ? 1 : 0);
      if (!isRight || !isOnRecord) differences.push({ path, came, wanted, changed, entries });
      if (came !== 'yes' || type !== 'mutation') continue;
      scene = await sceneOf(role, state);
      before = dumpOf(scene.engine);
    }
    expect(differences).toEqual([]);
  });
});

describe('S39 what a role may is asked anew at each call', () => {
  const nothing = { profile: 'none', users: 'none', generalSettings: 'none', connections: 'none' } as const;
  const rest = { helpDesk: 'none', auditLog: 'none', reports: 'none' } as const;

  /** As an owner's edit leaves it. */
  const permit = (engine: Engine, role: AnyRole, given: Record<string, 'none' | 'view' | 'manage'>) =>
    engine.deps.store.transaction((tx) =>
      tx.roles.put(role, { ...nothing, ...rest, ...given } as never, engine.clock.now()),
    );

  const MODULES: Readonly<Record<string, readonly [see: string, act: string]>> = {
    generalSettings: ['admin.policy.see', 'admin.jobs.cancel'],
    users: ['admin.people.totals', 'admin.users.suspend'],
    connections: ['admin.connections.see', 'admin.connections.remove'],
    helpDesk: ['admin.users.unlock', 'helpDesk.resetTwoStep'],
  };

  test.each(['admin', 'manager', 'helpDesk', 'member'] as const)(
    'a role edited under the feet of: %s',
    async (role) => {
      const engine = await openEngine({ durability: 'none' });
      await protectedOwner(engine);
      await addAccount(engine, SECOND, role);
      const person = await signedIn(engine, SECOND);
      const told = async (path: string) => wordFor(await verdictOf(callByPath(person, path, INPUTS[path])));
      for (const [module, [see, act]] of Object.entries(MODULES)) {
        const isHelpDesk = module === 'helpDesk';
        await permit(engine, role, {});
        expect([module, await told(see), await told(act)]).toEqual([module, 'forbidden', 'forbidden']);
        await permit(engine, role, { [module]: 'view' });
        expect([module, await told(see), await told(act)]).toEqual([
          module,
          isHelpDesk ? 'forbidden' : 'done',
          'forbidden',
        ]);
        await permit(engine, role, { [module]: 'manage' });
        const [seen, acted] = [await told(see), await told(act)];
        expect([module, seen === 'forbidden', acted === 'forbidden']).toEqual([module, false, false]);
      }
    },
  );
});
