import { closeSync, constants, openSync, readSync, statSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { ChainLink } from '../../domain/audit-chain.ts';
import { DamagedData } from '../../domain/damaged-data.ts';
import type { RowSeal } from '../../ports/vault.ts';

const LENGTH = 126;
const FORM = /^(\d{16}) ([0-9a-f]{64}) ([\w-]{43})\n$/;

/** How far the audit log had come, outside of the database: a database that lost its newest changes does not know it (S76). */
export interface HighWaterMark {
  /** Null when there is none. @throws {DamagedData} when it is none that this workspace's key made */
  read(): ChainLink | null;
  /** After the commit, and without waiting for the disk: the mark may be behind, it never is ahead. */
  write(link: ChainLink): void;
  close(): void;
}

/** The mark of the database in `file`. */
export function markOf(file: string): string {
  return file.replace(/(\.db)?$/, '.mark');
}

/** Whether anything was ever committed here: a database without its keys is then none to begin anew with. */
export function hasHighWaterMark(mark: string): boolean {
  return (statSync(mark, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** @param file beside the database; made, for its owner only, when first written */
export function highWaterMark(file: string, seal: RowSeal): HighWaterMark {
  let handle: number | null = null;
  const textOf = ({ sequence, hash }: ChainLink) => JSON.stringify(['high-water mark', sequence, hash]);
  const opened = (make: number) => {
    handle ??= openSync(file, constants.O_RDWR | make, 0o600);
    return handle;
  };

  return {
    read() {
      if (!hasHighWaterMark(file)) return null;
      const content = Buffer.alloc(LENGTH);
      readSync(opened(0), content, 0, LENGTH, 0);
      const [, sequence, hash = '', made = ''] = FORM.exec(content.toString('latin1')) ?? [];
      const link = { sequence: Number(sequence), hash };
      if (sequence === undefined || !seal.fits(textOf(link), made))
        throw new DamagedData(`${basename(file)} is not of it`);
      return link;
    },
    write(link) {
      const content = `${String(link.sequence).padStart(16, '0')} ${link.hash} ${seal.of(textOf(link))}\n`;
      try {
        writeSync(opened(constants.O_CREAT), content, 0, 'latin1'); // in place: it takes no more room on a full disk
      } catch {
        // The act is committed already; a mark that stays behind only sees less.
      }
    },
    close() {
      if (handle !== null) closeSync(handle);
      handle = null;
    },
  };
}
