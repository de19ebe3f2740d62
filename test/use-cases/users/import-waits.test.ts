import { expect, test } from 'vitest';
import { startJobLoop } from '../../../src-main/hosts/job-loop.ts';
import type { Store, Tx } from '../../../src-main/ports/store.ts';
import { openEngine } from '../../support/engine.ts';
import { fileOf } from '../../support/imports.ts';
import { personAt } from '../../support/person.ts';
import { colleague, ownerOf } from '../../support/staff.ts';

/** The same store, which counts what is written in each transaction, and how many were let past whoever asked for one. */
function watched(store: Store) {
  const ended: { readonly added: number; readonly past: number }[] = [];
  const watching: Store = {
    ...store,
    async transaction(work) {
      const asked = ended.length;
      return store.transaction(async (tx) => {
        const past = ended.length - asked;
        let added = 0;
        const add: typeof tx.accounts.add = (account) => {
          added += 1;
          return tx.accounts.add(account);
        };
        const accounts = { ...tx.accounts, add };
        const counting = new Proxy(tx, { get: (_, name: keyof Tx) => (name === 'accounts' ? accounts : tx[name]) });
        const result = await work(counting);
        ended.push({ added, past });
        return result;
      });
    },
  };
  return { store: watching, ended };
}

test('R39 whoever signs in while an import adds waits for one piece of it at most, and a piece is twenty people', async () => {
  let watch: ReturnType<typeof watched> | undefined;
  const engine = await openEngine({
    durability: 'none',
    wrapStore: (store) => {
      watch = watched(store);
      return watch.store;
    },
  });
  const owner = await ownerOf(engine);
  const { email, password } = await colleague(engine, 'member', { twoStep: 'off' });
  const ended = watch?.ended ?? [];
  const loop = startJobLoop(engine.deps);
  ended.length = 0;
  await owner.api.admin.users.import({ csv: fileOf(400) });
  const isAdding = async () => (await owner.api.admin.users.latestImport())?.state === 'running';
  let signIns = 0;
  for (; signIns < 300 && (await isAdding()); signIns += 1) {
    await personAt(engine).api.open.signIn.withPassword({ email, password });
    await engine.deps.pause.breathe(); // as a request from outside does
  }
  await loop.stop();
  expect(signIns).toBeGreaterThan(2);
  expect(ended.reduce((sum, { added }) => sum + added, 0)).toBe(400);
  expect(Math.max(...ended.map(({ added }) => added))).toBe(20);
  expect(Math.max(...ended.map(({ past }) => past))).toBeLessThanOrEqual(1);
});
