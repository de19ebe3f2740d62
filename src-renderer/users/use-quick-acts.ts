import { useMutation } from '@tanstack/react-query';
import type { Person } from '../../src-main/domain/people.ts';
import { client } from '../api.ts';
import { told } from '../ui/told.ts';
import { toldRefusal } from '../ui/told-refusal.ts';
import type { Act, QuickAct } from './acts.ts';
import { useReadAgain } from './use-people.ts';

interface Quick {
  readonly run: (id: string) => Promise<unknown>;
  readonly told: (name: string) => readonly [title: string, message: string];
}

const QUICK: Readonly<Record<QuickAct, Quick>> = {
  unlock: {
    run: (id) => client.admin.users.unlock.mutate({ id }),
    told: (name) => [`${name} is unlocked`, 'They can try to sign in again at once.'],
  },
  reinstate: {
    run: (id) => client.admin.users.reinstate.mutate({ id }),
    told: (name) => [`${name} is reinstated`, 'They sign in as before.'],
  },
  signOut: {
    run: (id) => client.admin.users.signOutEverywhere.mutate({ id }),
    told: (name) => [`${name} is signed out everywhere`, 'They can sign in again.'],
  },
  invite: {
    run: (id) => client.admin.users.invite.mutate({ id }),
    told: (name) => [`A new invitation is on its way to ${name}`, 'The earlier one stops working.'],
  },
};

/** Acts that are done at once, with a word when they are, and why when they are not. */
export function useQuickActs() {
  const readAgain = useReadAgain();
  const quick = useMutation({
    mutationFn: ({ act, person }: { act: QuickAct; person: Person }) => QUICK[act].run(person.id),
    onSuccess: async (_, { act, person }) => {
      told(...QUICK[act].told(person.name));
      await readAgain(person.id);
    },
    onError: toldRefusal,
  });
  return {
    does: (act: Act): act is QuickAct => act in QUICK,
    run: (act: QuickAct, person: Person) => quick.mutate({ act, person }),
  };
}
