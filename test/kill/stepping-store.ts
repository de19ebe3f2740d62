import type { Store, Tx } from '../../src-main/ports/store.ts';

/** Told before each write of each transaction, before its commit, and after it. */
export type Step = (name: string) => Promise<void> | void;

/** A kill before one of these is a kill after the write before it. */
const READING =
  /^(find\w*|list\w*|counts?|policy|sendsSince|due|nextDue|latestAt|waiting|running|latest|matrix|exemptionFor)$/;

/** The same store, announcing every step of its transactions. */
export function steppingStore(store: Store, step: Step): Store {
  return {
    read: (work) => store.read(work),
    close: () => store.close(),
    async transaction(work) {
      const result = await store.transaction(async (tx) => {
        const value = await work(stepping(tx, step));
        await step('before commit');
        return value;
      });
      await step('after commit');
      return result;
    },
  };
}

type Operation = (...input: unknown[]) => Promise<unknown>;

function stepping(tx: Tx, step: Step): Tx {
  return new Proxy(tx, {
    get(_, table: keyof Tx) {
      return new Proxy(tx[table], {
        get(rows, name: string) {
          const operation = (rows as unknown as Record<string, Operation>)[name];
          return async (...input: unknown[]) => {
            if (!READING.test(name)) await step(`${table}.${name}`);
            return operation?.(...input);
          };
        },
      });
    },
  });
}

/** A store as it must not be: every operation is a commit of its own. The harness has to notice. */
export function carelessStore(store: Store): Store {
  const piecemeal = new Proxy({} as Tx, {
    get: (_, table: keyof Tx) =>
      new Proxy({} as Tx[typeof table], {
        get:
          (_, name: string) =>
          (...input: unknown[]) =>
            store.transaction(async (tx) => (tx[table] as unknown as Record<string, Operation>)[name]?.(...input)),
      }),
  });
  return { ...store, transaction: (work) => work(piecemeal) };
}
