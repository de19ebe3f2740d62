import type { Actor } from '../../domain/actor.ts';
import { auditEntry } from '../../domain/audit.ts';
import { DomainError } from '../../domain/errors.ts';
import { HOUR, type Instant } from '../../domain/values.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Place } from '../../ports/vault.ts';

/** What is read piece by piece, and what exactly was asked: a place in one answer is none in another. */
export interface Course {
  readonly name: 'exportUsers' | 'exportImpact' | 'previewPeople';
  readonly asked: unknown;
}

/** How far it came. `since` is when it was begun and put on record. */
export interface Begun<P> {
  readonly since: Instant;
  readonly place: P;
}

/** Whoever goes on later than this begins again, so that it is on record again. */
const LONGEST = HOUR;
const HINT = 'This is no place that was handed out to you within the last hour. Begin again.';

/**
 * A cursor: the place, sealed for this session, account and question. An export is put on record at its first piece, so none
 * but the first may be had by somebody who was not given the way to it.
 */
export function handOut<P>(
  { vault }: Pick<Deps, 'vault'>,
  by: Actor,
  course: Course,
  { since, place }: Begun<P>,
): string {
  return vault.seal(JSON.stringify([since, place]), sealedFor(by, course));
}

/**
 * Where a cursor leads; null for none, which is the beginning. Anything that was not handed out is refused, on record.
 * @throws {DomainError} `invalidInput`
 */
export async function goOnFrom<P>(
  { store, clock, vault }: Pick<Deps, 'store' | 'clock' | 'vault'>,
  by: Actor,
  course: Course,
  cursor: string | null,
): Promise<Begun<P> | null> {
  if (cursor === null) return null;
  const now = clock.now();
  const begun = open<P>(vault, cursor, sealedFor(by, course));
  if (begun && begun.since <= now && now < begun.since + LONGEST) return begun;
  const parties = { actorId: by.account.id, targetId: null };
  const detail = { reason: `${course.name}: invalidInput` };
  await store.transaction((tx) => tx.audit.append(auditEntry('adminActRefused', now, by.caller, parties, detail)));
  throw new DomainError('invalidInput', { fields: { cursor: HINT } });
}

function open<P>(vault: Deps['vault'], cursor: string, place: Place): Begun<P> | null {
  let opened: string;
  try {
    opened = vault.open(cursor, place);
  } catch {
    return null;
  }
  const [since, at] = JSON.parse(opened) as [Instant, P];
  return { since, place: at };
}

function sealedFor({ account, session }: Actor, { name, asked }: Course): Place {
  return { table: 'exports', column: `${name} ${JSON.stringify(asked)}`, row: session.id, account: account.id };
}
