import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One page, which is what a disk in memory gives out at a time. */
export const PAGE = 4096;

/** A disk of a few megabytes that can be filled up to the page. */
export interface TinyDisk {
  readonly folder: string;
  /** Leaves room for so many pages. */
  fill(pagesLeft: number): void;
  free(): void;
  remove(): void;
}

/** Why there can be none here; null where there can. */
export const NO_TINY_DISK =
  process.platform === 'linux' && process.getuid?.() === 0 ? null : 'mounting a tiny disk takes root on Linux';

export function tinyDisk(megabytes: number): TinyDisk {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const filler = join(folder, 'filler');
  const free = () => rmSync(filler, { force: true });
  return {
    folder,
    fill(pagesLeft) {
      free();
      const { bavail } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail - pagesLeft) * PAGE, 1));
    },
    free,
    remove() {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
