import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { learnServerTime } from './times.ts';

export type Me = Answers['self']['me'];
/** One's own second step, as the profile shows it. */
export type TwoStep = Answers['self']['twoStep']['status'];

/** Who is signed in, what their role allows, and how long the session lasts. */
export function useMe() {
  const me = useQuery(api.self.me.queryOptions());
  const now = me.data?.session.now;
  useEffect(() => {
    if (now !== undefined) learnServerTime(now, me.dataUpdatedAt);
  }, [now, me.dataUpdatedAt]);
  return me;
}
