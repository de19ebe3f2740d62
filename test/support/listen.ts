import { type Change, watchChanges } from '../../src-main/api/changes.ts';
import type { Engine } from './engine.ts';
import type { Person } from './person.ts';

/** Listens as a person's screen does; what was heard so far, and whether the engine has stopped telling. */
export function listen({ deps }: Engine, { jar }: Person) {
  const stop = new AbortController();
  const ignored = () => undefined;
  const carrier = { ...jar, trusts: [], setSession: ignored, setPending: ignored, setTrusts: ignored };
  const caller = { surface: 'desktop' as const, addresses: [], client: '' };
  const changes = watchChanges({ deps, caller, carrier, version: '', demo: null }, stop.signal);
  const heard: Change['topic'][] = [];
  let over = false;
  const listening = (async () => {
    for await (const { topic } of changes) heard.push(topic);
    over = true;
  })();
  return {
    heard,
    isOver: () => over,
    /** Lets whatever was rung be told. */
    async settle() {
      for (let turn = 0; turn < 50 && !over; turn += 1) await new Promise(setImmediate);
    },
    async leave() {
      stop.abort();
      await listening;
    },
  };
}
