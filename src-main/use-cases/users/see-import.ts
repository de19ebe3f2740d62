import type { Actor } from '../../domain/actor.ts';
import type { Job, JobReason } from '../../domain/job.ts';
import type { Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import { denyAccess } from '../sessions/authenticate.ts';

export interface ImportView {
  readonly id: string;
  /** `running`: people are added; `undoing`: those that were are taken out again. */
  readonly state: 'running' | 'inviting' | 'undoing' | 'done' | 'cancelled' | 'failed';
  /** People added, people the letters have come to, or people still there to be taken out: as the state is. */
  readonly done: number;
  readonly total: number;
  /** Whether everybody was added, and stays whatever comes. */
  readonly added: boolean;
  /** Why it turned back or stopped; null otherwise. */
  readonly reason: JobReason | null;
  /** Null while it is under way. */
  readonly endedAt: Instant | null;
}

/** How far an import is, or how it ended. @throws {DomainError} `notFound` */
export async function seeImport(deps: Pick<Deps, 'store' | 'clock'>, by: Actor, id: string): Promise<ImportView> {
  const job = await deps.store.read((tx) => tx.jobs.find(id));
  if (job?.kind === 'userImport') return viewOf(job);
  const parties = { actorId: by.account.id, targetId: null };
  return denyAccess(deps, by.caller, parties, 'admin.users.importState', 'notFound');
}

/** The one begun last, whoever began it; null when there never was one. */
export async function seeLatestImport({ store }: Pick<Deps, 'store'>): Promise<ImportView | null> {
  const job = await store.read((tx) => tx.jobs.latest('userImport'));
  return job && viewOf(job);
}

function viewOf({ id, state, phase, done, total, reason, endedAt }: Job): ImportView {
  const inPhase = phase === 'inviting' || phase === 'undoing' ? phase : 'running';
  return {
    id,
    state: state === 'running' ? inPhase : state,
    done,
    total,
    added: phase === 'inviting',
    reason,
    endedAt,
  };
}
