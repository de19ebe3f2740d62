import { useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';

export interface Selection {
  /** By their ids, in the order they were picked. */
  readonly people: ReadonlyMap<string, Person>;
  /** Picks or drops one row, or with it all from the one picked last. */
  readonly pick: (index: number, asRange: boolean) => void;
  readonly pickAll: (picked: boolean) => void;
  readonly drop: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

interface Picked {
  readonly people: ReadonlyMap<string, Person>;
  /** Where a range begins. */
  readonly last: string | null;
}

const NOBODY: Picked = { people: new Map(), last: null };

/**
 * Who is picked in the list. It stays while more is loaded, and ends with the list it was made in.
 * @param rows as far as they are loaded
 * @param list names what is listed and in which order
 */
export function useSelection(rows: readonly Person[], list: string): Selection {
  const [picked, setPicked] = useState(NOBODY);
  const [pickedIn, setPickedIn] = useState(list);
  if (list !== pickedIn) {
    setPickedIn(list);
    setPicked(NOBODY);
  }
  const pick = (index: number, asRange: boolean) =>
    setPicked(({ people, last }) => {
      const person = rows[index];
      if (!person) return { people, last };
      const from = asRange ? rows.findIndex(({ id }) => id === last) : -1;
      const start = from === -1 ? index : Math.min(from, index);
      const range = rows.slice(start, Math.max(from, index) + 1);
      return { people: withThese(people, range, !people.has(person.id)), last: person.id };
    });
  return {
    people: picked.people,
    pick,
    pickAll: (all) => setPicked(({ people, last }) => ({ people: withThese(people, rows, all), last })),
    drop: (ids) =>
      setPicked(({ people, last }) => {
        const left = new Map(people);
        for (const id of ids) left.delete(id);
        return { people: left, last };
      }),
    clear: () => setPicked(NOBODY),
  };
}

function withThese(people: Picked['people'], these: readonly Person[], picked: boolean): Picked['people'] {
  const next = new Map(people);
  for (const person of these) {
    if (picked) next.set(person.id, person);
    else next.delete(person.id);
  }
  return next;
}
