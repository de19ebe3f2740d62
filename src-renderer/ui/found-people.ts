import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';

const SHOWN = 5;
/** As long as the engine searches for. */
const LETTERS_MAX = 100;
/** Shorter words fit too many people to be worth asking. */
const LEAST_LETTERS = 2;
const PAUSE_MS = 150;
const EVERYBODY = { status: null, role: null, groupId: null, sort: 'name', direction: 'asc', cursor: null } as const;

/** The first few people that a word finds, once the typing pauses. @param may whether one may see the users at all */
export function useFoundPeople(typed: string, may: boolean) {
  const word = typed.trim().slice(0, LETTERS_MAX);
  const [asked] = useDebouncedValue(word, PAUSE_MS);
  const wanted = may && word.length >= LEAST_LETTERS;
  const found = useQuery({
    ...api.admin.people.list.queryOptions({ ...EVERYBODY, search: asked }),
    enabled: wanted && asked.length >= LEAST_LETTERS,
  });
  const settled = asked === word && !found.isFetching;
  return {
    people: wanted && asked === word ? (found.data?.rows.slice(0, SHOWN) ?? []) : [],
    looking: wanted && !settled,
  };
}
