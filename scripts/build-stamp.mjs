import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const STAMP = path.join(TOP, 'out/built-from');
const SOURCES = [
  'src-main',
  'src-preload',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
];

/** @returns {string} what the sources are now: a digest of every file's name and content */
export function sourceDigest() {
  const digest = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn).sort())
    digest.update(`${file}\0`).update(readFileSync(path.join(TOP, file)));
  return digest.digest('hex');
}

/** True when out/ was built from the sources as they are. */
export function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceDigest();
}

/** A build's last act. @param {string} digest the sources' when it began */
export function stampBuild(digest) {
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, digest);
}

/** @param {string} source a file or folder, from the top */
function filesIn(source) {
  if (!existsSync(path.join(TOP, source))) return [];
  if (path.extname(source) !== '') return [source];
  return readdirSync(path.join(TOP, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(TOP, path.join(entry.parentPath, entry.name)));
}
