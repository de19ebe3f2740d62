import { useQuery } from '@tanstack/react-query';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { learnServerTime } from './times.ts';

export type Me = Answers['self']['me'];

function learn(me: Me): Me {
  learnServerTime(me.session.now);
  return me;
}

/** Who is signed in, what their role allows, and how long the session lasts. */
export function useMe() {
  return useQuery({ ...api.self.me.queryOptions(), select: learn });
}
