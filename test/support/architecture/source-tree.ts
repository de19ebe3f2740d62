import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Module, parseModule } from './module.ts';

/** The repository as the rules see it; tests build small ones in memory. */
export interface SourceTree {
  /** Every path that would land, relative to the top, `/`-separated. */
  readonly paths: readonly string[];
  /** Parsed code: src-*, test, scripts and the configuration at the top. */
  readonly modules: readonly Module[];
}

const CODE = /\.(ts|tsx|mjs)$/;
const GENERATED = /^test\/vectors\//;

/** @param files path → text. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  const paths = Object.keys(files).sort();
  const modules = paths
    .filter((file) => CODE.test(file) && !GENERATED.test(file))
    .map((file) => parseModule(file, files[file] ?? ''));
  return { paths, modules };
}

/** What git tracks, and what it would offer to track, as far as it is on disk at this moment. */
export function readSourceTree(top: string): SourceTree {
  const files: Record<string, string> = {};
  for (const file of listed(top, '--cached', '--others', '--exclude-standard')) {
    const place = path.join(top, file);
    if (existsSync(place)) files[file] = CODE.test(file) ? readFileSync(place, 'utf8') : '';
  }
  return treeOf(files);
}

function listed(top: string, ...which: string[]): string[] {
  return execFileSync('git', ['ls-files', '-z', ...which], { cwd: top, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
}
