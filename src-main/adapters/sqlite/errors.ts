/** The database was written by a newer Vestibule. It has not been touched. */
export class NewerSchema extends Error {
  readonly found: number;
  readonly known: number;

  constructor(file: string, found: number, known: number) {
    super(`${file} was written by a newer version of Vestibule (schema ${found}; this one knows ${known}).`);
    this.name = 'NewerSchema';
    this.found = found;
    this.known = known;
  }
}

/** The file is damaged, or is not a database of Vestibule (S76). It has not been changed. */
export class CorruptDatabase extends Error {
  constructor(file: string, reason: string, cause?: unknown) {
    super(`${file} cannot be used: ${reason}.`, { cause });
    this.name = 'CorruptDatabase';
  }
}

/** The runtime cannot load the SQLite library: it would crash instead of failing. */
export class UnsupportedRuntime extends Error {
  constructor(found: string | undefined) {
    super(`The database needs Node-API 10 (Node.js 22.14 or later); this runtime has ${found ?? 'none'}.`);
    this.name = 'UnsupportedRuntime';
  }
}

/** The store was asked for something after `close()`. */
export class StoreClosed extends Error {
  constructor() {
    super('The store is closed.');
    this.name = 'StoreClosed';
  }
}
