import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import VitestTally from './support/tally/vitest-reporter.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    environment: 'node',
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', new VitestTally()],
  },
});
