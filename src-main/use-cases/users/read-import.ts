import type { Role } from '../../domain/account.ts';
import type { Actor } from '../../domain/actor.ts';
import { DomainError } from '../../domain/errors.ts';
import { isPrivileged, mayGrant } from '../../domain/role.ts';
import { IMPORT_MAX_ROWS, type ImportFault, type ImportRow, openImport, readImport } from '../../domain/user-import.ts';
import type { Deps } from '../../ports/deps.ts';

/** A file read through, and held against who there is already. */
export interface ImportRead {
  /** Rows that are fit, in the order of the file. */
  readonly rows: readonly ImportRow[];
  /** By line. */
  readonly faults: readonly ImportFault[];
  /** All rows, fit or not. */
  readonly total: number;
}

export interface ImportPreview {
  readonly rows: number;
  readonly good: number;
  /** How many of the good ones get a role above member: the import takes a step-up if there is any. */
  readonly privileged: number;
  /** The first ones. */
  readonly errors: readonly ImportFault[];
  readonly sample: readonly {
    readonly name: string;
    readonly email: string;
    readonly role: Role;
    readonly phone: string | null;
  }[];
}

const FAULTS_SHOWN = 200;
const SAMPLE = 20;

/** What an import of this file would do, and nothing done (R39). @throws {DomainError} `invalidInput` for what is no such file */
export async function checkImport(deps: Deps, by: Actor, csv: string): Promise<ImportPreview> {
  const { rows, faults, total } = await readThrough(deps, by.account.role, csv);
  return {
    rows: total,
    good: rows.length,
    privileged: rows.filter(({ role }) => isPrivileged(role)).length,
    errors: faults.slice(0, FAULTS_SHOWN),
    sample: rows
      .slice(0, SAMPLE)
      .map(({ name, address, role, phone }) => ({ name, email: address.email, role, phone })),
  };
}

/**
 * Reads a file in pieces, and other work goes on in between: what each row says by itself, whether its address is in the
 * file twice or in the workspace already, and whether its role may be given.
 * @throws {DomainError} `invalidInput`
 */
export async function readThrough(
  { store, pause }: Pick<Deps, 'store' | 'pause'>,
  granter: Role,
  csv: string,
): Promise<ImportRead> {
  const file = openImport(csv);
  if ('message' in file) throw new DomainError('invalidInput', { fields: { csv: file.message } });
  const firstLineOf = new Map<string, number>();
  const rows: ImportRow[] = [];
  const faults: ImportFault[] = [];
  let total = 0;
  for (const piece of readImport(file)) {
    total += piece.length;
    if (total > IMPORT_MAX_ROWS) throw new DomainError('invalidInput', { fields: { csv: TOO_MANY } });
    faults.push(...piece.flatMap((row) => ('line' in row ? [] : row)));
    const read = piece.flatMap((row) => ('line' in row ? [row] : []));
    const taken = await store.read((tx) =>
      Promise.all(read.map(async ({ address }) => (await tx.accounts.findByEmailKey(address.key)) !== null)),
    );
    for (const [index, row] of read.entries()) {
      const earlier = firstLineOf.get(row.address.key);
      firstLineOf.set(row.address.key, earlier ?? row.line);
      const against = whyNot(row, taken[index] === true, earlier, granter);
      if (against) faults.push(against);
      else rows.push(row);
    }
    await pause.breathe();
  }
  return { rows, faults: faults.sort((a, b) => a.line - b.line), total };
}

const TOO_MANY = `Choose a file of ${IMPORT_MAX_ROWS.toLocaleString('en')} rows at most.`;

function whyNot(
  { line, role }: ImportRow,
  isTaken: boolean,
  earlier: number | undefined,
  granter: Role,
): ImportFault | null {
  if (earlier !== undefined) return { line, field: 'email', message: `This address is on line ${earlier} already.` };
  if (isTaken) return { line, field: 'email', message: 'Somebody in the workspace has this address already.' };
  if (!mayGrant(granter, role)) {
    return { line, field: 'role', message: 'This role is as high as yours or higher: only an owner may give it.' };
  }
  return null;
}
