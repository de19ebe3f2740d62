import { useEffect, useRef, useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import type { Explanation } from '../explain.ts';
import { explain, failureOf } from '../explain.ts';
import { WORKSPACE_EXPLANATIONS } from '../explain-workspace.ts';
import { isSilence } from '../host-presence.ts';
import type { BulkOrder } from './bulk-acts.ts';
import { useReadManyAgain } from './use-people.ts';

/** How an act on many ended. */
export interface BulkOutcome {
  readonly order: BulkOrder;
  /** With those who were so before. */
  readonly done: readonly Person[];
  readonly already: number;
  readonly refused: readonly { readonly person: Person; readonly why: Explanation }[];
  /** Whom it never came to, because it was cancelled or because of `error`. */
  readonly unreached: number;
  readonly error: unknown;
}

interface Progress {
  readonly order: BulkOrder;
  readonly done: number;
  readonly total: number;
}

/** Does something to many, one after the other; what is refused about one does not keep it from the next. */
export function useBulk(myId: string, onDone: (ids: readonly string[]) => void) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
  const cancelled = useRef(false);
  const readAgain = useReadManyAgain();
  useEffect(
    () => () => {
      cancelled.current = true;
    },
    [],
  );
  const start = async (order: BulkOrder, people: readonly Person[]) => {
    cancelled.current = false;
    setProgress({ order, done: 0, total: people.length });
    const done: Person[] = [];
    const refused: { person: Person; why: Explanation }[] = [];
    let [already, reached, error]: [number, number, unknown] = [0, 0, null];
    for (const person of people) {
      if (cancelled.current || error) break;
      try {
        if (order.act === 'signOut' && person.id === myId) {
          refused.push({ person, why: WORKSPACE_EXPLANATIONS.notOnYourself(undefined) });
        } else {
          await order.run(person.id);
          done.push(person);
        }
        reached += 1;
      } catch (failure) {
        if (endsAll(failure)) error = failure;
        else {
          reached += 1;
          if (order.already && failureOf(failure)?.code === 'stateUnfit') {
            already += 1;
            done.push(person);
          } else refused.push({ person, why: explain(failure) });
        }
      }
      setProgress({ order, done: reached, total: people.length });
    }
    const ids = done.map(({ id }) => id);
    setOutcome({ order, done, already, refused, unreached: people.length - reached, error });
    setProgress(null);
    onDone(ids);
    await readAgain(ids, order.act === 'suspend' ? { state: 'suspended' } : {});
  };
  return {
    progress,
    outcome,
    start: (order: BulkOrder, people: readonly Person[]) => void start(order, people),
    cancel: () => {
      cancelled.current = true;
    },
    reset: () => setOutcome(null),
  };
}

/** Whether the next would meet with the same: it is about who asks, about what they ask for, or about the program. */
function endsAll(error: unknown): boolean {
  const code = failureOf(error)?.code;
  return isSilence(error) || ['notSignedIn', 'forbidden', 'groupExcepted', 'invalidInput'].includes(code ?? '');
}
