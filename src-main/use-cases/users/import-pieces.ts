import type { ImportRow } from '../../domain/user-import.ts';
import type { Caller } from '../../domain/values.ts';
import type { JobPieceRows } from '../../ports/store-policy.ts';

/** What an import was begun with, as it was written then. */
export interface ImportHead {
  /** Who began it. */
  readonly by: string;
  readonly caller: Caller;
  readonly total: number;
}

/** Somebody to be added. */
export type Newcomer = Pick<ImportRow, 'name' | 'address' | 'phone' | 'role'>;

/** The head has this number; a piece has the place of its first person in the file, counted from 1. */
const HEAD = 0;

/** Inside a transaction: keeps all that an import still has to do, so many people to a piece. */
export async function writePieces(
  pieces: JobPieceRows,
  jobId: string,
  head: ImportHead,
  people: readonly Newcomer[],
  size: number,
): Promise<void> {
  await pieces.add({ jobId, number: HEAD, content: JSON.stringify(head) });
  for (let from = 0; from < people.length; from += size) {
    const piece = people
      .slice(from, from + size)
      .map(({ name, address, phone, role }) => ({ name, address, phone, role }));
    await pieces.add({ jobId, number: 1 + from, content: JSON.stringify(piece) });
  }
}

/** @throws {DamagedData}; null when it is gone */
export async function readHead(pieces: JobPieceRows, jobId: string): Promise<ImportHead | null> {
  const piece = await pieces.find(jobId, HEAD);
  return piece && JSON.parse(piece.content);
}

/** The people that come next after so many. @throws {DamagedData}; null when they are gone */
export async function readPiece(
  pieces: JobPieceRows,
  jobId: string,
  after: number,
): Promise<readonly Newcomer[] | null> {
  const piece = await pieces.find(jobId, 1 + after);
  return piece && JSON.parse(piece.content);
}

/** Those who were read have been added. */
export async function removePiece(pieces: JobPieceRows, jobId: string, after: number): Promise<void> {
  await pieces.remove(jobId, 1 + after);
}
