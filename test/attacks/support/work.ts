import type { Deps } from '../../../src-main/ports/deps.ts';
import type { Engine } from '../../support/engine.ts';

/** What a call cost: how often each slow or durable thing was done. */
export interface Work {
  hash: number;
  verify: number;
  pretend: number;
  read: number;
  transaction: number;
  codeMac: number;
  seal: number;
}

const NONE: Work = { hash: 0, verify: 0, pretend: 0, read: 0, transaction: 0, codeMac: 0, seal: 0 };

/** The same engine, with its work counted. */
export function countWork<E extends Pick<Engine, 'deps'>>(engine: E): { counted: E; work: Work; reset(): void } {
  const work: Work = { ...NONE };
  const { passwordHash, store, vault } = engine.deps;
  const note = <T>(name: keyof Work, result: T): T => {
    work[name] += 1;
    return result;
  };
  const deps: Deps = {
    ...engine.deps,
    passwordHash: {
      hash: (secret, kind) => note('hash', passwordHash.hash(secret, kind)),
      verify: (encoded, secret) => note('verify', passwordHash.verify(encoded, secret)),
      pretend: (secret, kind) => note('pretend', passwordHash.pretend(secret, kind)),
    },
    store: {
      ...store,
      read: (act) => note('read', store.read(act)),
      transaction: (act) => note('transaction', store.transaction(act)),
    },
    vault: {
      open: (envelope, place) => vault.open(envelope, place),
      seal: (text, place) => note('seal', vault.seal(text, place)),
      codeMac: (id, code) => note('codeMac', vault.codeMac(id, code)),
    },
  };
  return { counted: { ...engine, deps }, work, reset: () => Object.assign(work, NONE) };
}
