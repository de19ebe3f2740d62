import { existsSync, statfsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import VitestTally from './support/tally/vitest-reporter.ts';

/** Hundreds of small databases, each flushed at every commit: in memory where there is room, for the tests' sake. */
const MEMORY = '/dev/shm';
const room = existsSync(MEMORY) ? statfsSync(MEMORY) : { bavail: 0, bsize: 0 };
const inMemory = room.bavail * room.bsize > 2 * 1024 ** 3;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    environment: 'node',
    env: inMemory ? { TMPDIR: MEMORY } : {},
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**'],
    // By default one core of two stays idle.
    maxWorkers: '100%',
    // Files share a worker each core, and what it has loaded: nothing in the product lives outside what a test opens for itself.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', new VitestTally()],
  },
});
