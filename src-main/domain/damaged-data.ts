/**
 * What was read is not what was written (S76), or belongs to another row (S55): nothing may be decided on it. Whoever
 * meets it denies the call; the reason stays in log and audit.
 */
export class DamagedData extends Error {
  /** Where it was found: a table, or the database as a whole. */
  readonly place: string;

  constructor(place: string, cause?: unknown) {
    super(`Damaged data: ${place}.`, { cause });
    this.name = 'DamagedData';
    this.place = place;
  }
}
