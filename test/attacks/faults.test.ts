import { beforeEach, describe, expect, test } from 'vitest';
import type { Deps } from '../../src-main/ports/deps.ts';
import type { Store, Tx } from '../../src-main/ports/store.ts';
import { type Engine, openEngine } from '../support/engine.ts';
import { CREDENTIALS, OWNER, type Person, personAt, signedInOwner } from '../support/person.ts';
import { changedTables, dumpOf } from './support/database.ts';
import { copiesOf, mailedProof, pendingSignIn, protectedOwner, withDeps } from './support/people.ts';
import { type Verdict, verdictOf } from './support/verdict.ts';

const FAULT = 'the disk holds 123456 and hunter2';
const fail = () => {
  throw new Error(FAULT);
};

/** The store with one thing of every transaction broken. */
function storeWith(store: Store, broken: (tx: Tx) => Partial<Tx>): Store {
  const overlaid = (tx: Tx): Tx => {
    const parts = broken(tx);
    return new Proxy(tx, { get: (target, name) => Reflect.get(parts, name) ?? Reflect.get(target, name, target) });
  };
  return {
    transaction: (work) => store.transaction((tx) => work(overlaid(tx))),
    read: (work) => store.read((tx) => work(overlaid(tx))),
    close: () => store.close(),
  };
}

/** What can fail under the engine, and how. */
const FAULTS: Record<string, (deps: Deps) => Partial<Deps>> = {
  'the policy cannot be read': ({ store }) => ({
    store: storeWith(store, (tx) => ({ workspace: { ...tx.workspace, policy: async () => fail() } })),
  }),
  'the vault cannot open or seal': ({ vault }) => ({ vault: { ...vault, open: fail, seal: fail, codeMac: fail } }),
  'the audit cannot be written': ({ store }) => ({
    store: storeWith(store, (tx) => ({ audit: { ...tx.audit, append: async () => fail() } })),
  }),
  'a session cannot be stored': ({ store }) => ({
    store: storeWith(store, (tx) => ({
      sessions: {
        ...tx.sessions,
        add: async () => fail(),
        rotate: async () => fail(),
        findWithAccount: (hash) => tx.sessions.findWithAccount(hash),
      },
    })),
  }),
  'the hash fails': () => ({
    passwordHash: { hash: async () => fail(), verify: async () => fail(), pretend: async () => fail() },
  }),
  'the commit fails': ({ store }) => ({
    store: {
      read: (work) => store.read(work),
      close: () => store.close(),
      transaction: (work) =>
        store.transaction(async (tx) => {
          await work(tx);
          return fail();
        }),
    },
  }),
};

/** What a person could be doing when it fails; each would succeed without the fault. */
interface Stage {
  readonly engine: Engine;
  readonly owner: Person;
  readonly pending: Person & { readonly challengeId: string; readonly code: string };
  readonly codes: readonly string[];
  readonly proofs: Record<'disable' | 'newRecoveryCodes', Awaited<ReturnType<typeof mailedProof>>>;
}

const ACTS: Record<string, (stage: Stage, at: (person: Person) => Person) => Promise<unknown>> = {
  'signing in with the password': ({ engine }, at) => at(personAt(engine)).api.open.signIn.withPassword(CREDENTIALS),
  'proving the code': ({ pending }, at) =>
    at(pending).api.open.signIn.prove({ method: 'email', challengeId: pending.challengeId, code: pending.code }),
  'proving a recovery code': ({ pending, codes }, at) =>
    at(pending).api.open.signIn.prove({ method: 'recoveryCode', code: codes[0] ?? '' }),
  'switching off': ({ owner, proofs }, at) =>
    at(owner).api.self.twoStep.disable({ currentPassword: OWNER.password, proof: proofs.disable }),
  'new recovery codes': ({ owner, proofs }, at) =>
    at(owner).api.self.twoStep.newRecoveryCodes({ currentPassword: OWNER.password, proof: proofs.newRecoveryCodes }),
  'switching off by recovery code': ({ owner, codes }, at) =>
    at(owner).api.self.twoStep.disable({
      currentPassword: OWNER.password,
      proof: { method: 'recoveryCode', code: codes[0] ?? '' },
    }),
  'changing the password': ({ owner }, at) =>
    at(owner).api.self.password.change({
      currentPassword: OWNER.password,
      newPassword: 'a brand new phrase',
      confirmPassword: 'a brand new phrase',
    }),
};

/** Acts that a fault does not concern, for they do without the broken part. */
const UNTOUCHED: Record<string, readonly string[]> = {
  'the policy cannot be read': [
    'switching off',
    'new recovery codes',
    'switching off by recovery code',
    'changing the password',
  ],
  'the vault cannot open or seal': [],
  'a session cannot be stored': ['signing in with the password'],
  'the hash fails': ['proving the code'],
};

describe.each(Object.keys(FAULTS))('S19 when %s', (fault) => {
  let stage: Stage;

  beforeEach(async () => {
    const engine = await openEngine();
    const { owner, codes } = await protectedOwner(engine);
    const proofs = {
      disable: await mailedProof(engine, owner, 'disable'),
      newRecoveryCodes: await mailedProof(engine, owner, 'newRecoveryCodes'),
    };
    stage = { engine, owner, codes, proofs, pending: await pendingSignIn(engine) };
  });

  const acts = Object.entries(ACTS).filter(([act]) => !UNTOUCHED[fault]?.includes(act));

  test.each(acts)('%s is denied, nothing is half done, and it works once the fault is mended', async (_, act) => {
    const { engine } = stage;
    const broken = withDeps(engine, FAULTS[fault]?.(engine.deps) ?? {});
    const before = dumpOf(engine);
    const tokens: unknown[] = [];
    const seatAt = (person: Person) => {
      const [seat = person] = copiesOf(broken, person, 1);
      tokens.push(seat.jar, { ...seat.jar });
      return seat;
    };
    const verdict = await verdictOf(act(stage, seatAt));
    expect(verdict).toEqual(failedPlainly);
    expect(tokens[0]).toEqual(tokens[1]);
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
    expect(await verdictOf(act(stage, (person) => person))).toMatchObject({ kind: 'done' });
  });
});

/** Generic words: nothing of what went wrong inside. */
const failedPlainly: Verdict = {
  kind: 'failed',
  message: 'Something went wrong on our side. Nothing was changed.',
};

test('S19 a session that cannot be looked up is no session', async () => {
  const engine = await openEngine();
  const { owner } = await protectedOwner(engine);
  const broken = withDeps(engine, {
    store: storeWith(engine.deps.store, (tx) => ({
      sessions: { ...tx.sessions, findWithAccount: async () => fail() },
    })),
  });
  for (const seat of copiesOf(broken, owner, 1)) {
    expect(await verdictOf(seat.api.self.me())).toEqual(failedPlainly);
    expect(await verdictOf(seat.api.self.twoStep.status())).toEqual(failedPlainly);
  }
});

test('S19 enabling that fails anywhere leaves two-step verification off, and the same code enables afterwards', async () => {
  for (const [fault, broken] of Object.entries(FAULTS)) {
    const engine = await openEngine();
    const owner = await signedInOwner(engine);
    const { challengeId } = await owner.api.self.twoStep.sendEnableCode({ method: 'email' });
    const code = await engine.codeFor(OWNER.email);
    const before = dumpOf(engine);
    const [seat = owner] = copiesOf(withDeps(engine, broken(engine.deps)), owner, 1);
    expect([fault, await verdictOf(seat.api.self.twoStep.enable({ challengeId, code }))]).toEqual([
      fault,
      failedPlainly,
    ]);
    expect(changedTables(before, dumpOf(engine))).toEqual([]);
    const { recoveryCodes } = await owner.api.self.twoStep.enable({ challengeId, code });
    expect(recoveryCodes).toHaveLength(10);
  }
});

test('S19 set-up that fails anywhere leaves no workspace behind, and can be done again', async () => {
  for (const [fault, broken] of Object.entries(FAULTS)) {
    if (fault === 'the policy cannot be read' || fault === 'the vault cannot open or seal') continue;
    const engine = await openEngine();
    const firstRun = {
      workspaceName: 'Example Works',
      ...OWNER,
      confirmPassword: OWNER.password,
      template: 'strong' as const,
    };
    const seat = personAt(withDeps(engine, broken(engine.deps)));
    expect([fault, await verdictOf(seat.api.open.setUp(firstRun))]).toEqual([fault, failedPlainly]);
    expect(seat.jar.session).toBeNull();
    expect(await personAt(engine).api.open.welcome()).toMatchObject({ stage: 'setUp' });
    await personAt(engine).api.open.setUp(firstRun);
  }
});
