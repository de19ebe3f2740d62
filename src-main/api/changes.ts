import { authenticate } from '../use-cases/sessions/authenticate.ts';
import { isStillSignedIn } from '../use-cases/sessions/list-sessions.ts';
import { pendingAccountId } from '../use-cases/sign-in/see-pending.ts';
import type { Context } from './context.ts';

/** What may look different now; the screen asks again for the rest. */
export interface Change {
  readonly topic: 'session' | 'delivery';
}

/**
 * Tells whoever is signed in, or signing in, of changes to their own sessions and letters until they leave. The change that
 * ends their session is the last they hear of (S27).
 */
export async function* watchChanges({ deps, caller, carrier }: Context, signal?: AbortSignal): AsyncGenerator<Change> {
  const actor = await authenticate(deps, caller, carrier.session);
  const accountId = actor?.account.id ?? (await pendingAccountId(deps, carrier.pending));
  const isStillThere = async () =>
    actor ? isStillSignedIn(deps, actor) : (await pendingAccountId(deps, carrier.pending)) === accountId;
  if (!accountId || !signal) return;
  const topics = ['session', 'delivery'] as const;
  const bells = topics.map((topic) => deps.bell.listen(`${topic}:${accountId}`, signal)[Symbol.asyncIterator]());
  const rung = bells.map((bell, index) => bell.next().then(({ done }) => ({ index, done })));
  for (;;) {
    const { index, done } = await Promise.race(rung);
    const [bell, topic] = [bells[index], topics[index]];
    if (done || !bell || !topic) return;
    rung[index] = bell.next().then((result) => ({ index, done: result.done }));
    const isLast = !(await isStillThere());
    yield { topic };
    if (isLast) return;
  }
}
