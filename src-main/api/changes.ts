import type { Level, Module } from '../domain/role.ts';
import type { Deps } from '../ports/deps.ts';
import { PROGRESS_TOPIC } from '../use-cases/jobs/job-progress.ts';
import { JOBS_TOPIC } from '../use-cases/jobs/run-jobs.ts';
import { POLICY_TOPIC } from '../use-cases/policy/confirm-act.ts';
import { ROLES_TOPIC } from '../use-cases/roles/change-permissions.ts';
import { authenticate } from '../use-cases/sessions/authenticate.ts';
import { isStillSignedIn } from '../use-cases/sessions/list-sessions.ts';
import { mayHear } from '../use-cases/sessions/may-hear.ts';
import { pendingAccountId } from '../use-cases/sign-in/see-pending.ts';
import type { Context } from './context.ts';

/** What may look different now; the screen asks again for the rest. */
export interface Change {
  readonly topic: 'session' | 'delivery' | 'policy' | 'roles' | 'jobs';
}

interface Heard extends Change {
  /** The bell's own topic. */
  readonly bell: string;
  /** What it takes to hear of it, any of the pairs; null for what is one's own. */
  readonly wanted: readonly (readonly [Module, Level])[] | null;
}

const ofOneself = (accountId: string): readonly Heard[] => [
  { topic: 'session', bell: `session:${accountId}`, wanted: null },
  { topic: 'delivery', bell: `delivery:${accountId}`, wanted: null },
];

const SEES_JOBS: Heard['wanted'] = [
  ['generalSettings', 'view'],
  ['users', 'manage'],
];

const OF_THE_WORKSPACE: readonly Heard[] = [
  { topic: 'policy', bell: POLICY_TOPIC, wanted: [['generalSettings', 'view']] },
  { topic: 'roles', bell: ROLES_TOPIC, wanted: [['users', 'view']] },
  { topic: 'jobs', bell: JOBS_TOPIC, wanted: SEES_JOBS },
  { topic: 'jobs', bell: PROGRESS_TOPIC, wanted: SEES_JOBS },
];

/**
 * Tells whoever is signed in, or signing in, of changes to their own sessions and letters until they leave, and of those to
 * the workspace for as long as their role may see it: that there was one, and nothing of what it was. The change that ends
 * their session is the last they hear of (S27).
 */
export async function* watchChanges({ deps, caller, carrier }: Context, signal?: AbortSignal): AsyncGenerator<Change> {
  const actor = await authenticate(deps, caller, carrier.session);
  const accountId = actor?.account.id ?? (await pendingAccountId(deps, carrier.pending));
  const isStillThere = async () =>
    actor ? isStillSignedIn(deps, actor) : (await pendingAccountId(deps, carrier.pending)) === accountId;
  if (!accountId || !signal) return;
  const heard = [...ofOneself(accountId), ...(actor ? OF_THE_WORKSPACE : [])];
  for await (const { topic, wanted } of listen(deps, heard, signal)) {
    if (!(await isStillThere())) {
      yield { topic: wanted === null ? topic : 'session' };
      return;
    }
    if (wanted === null || (actor && (await mayHear(deps, actor, wanted)))) yield { topic };
  }
}

/** Listens to several bells at once, until the signal aborts. */
async function* listen({ bell }: Pick<Deps, 'bell'>, to: readonly Heard[], signal: AbortSignal): AsyncGenerator<Heard> {
  const next = async (heard: Heard, rings: AsyncIterator<void>) => ({ heard, rings, done: (await rings.next()).done });
  const waits = to.map((heard) => next(heard, bell.listen(heard.bell, signal)[Symbol.asyncIterator]()));
  for (;;) {
    const { heard, rings, done } = await Promise.race(waits);
    if (done) return;
    waits[to.indexOf(heard)] = next(heard, rings);
    yield heard;
  }
}
