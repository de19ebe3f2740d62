import { pathToFileURL } from 'node:url';
import { fitNode } from './fit-node.mjs';
import { runSteps } from './steps.mjs';

const types = (project) => ({ name: `types: ${project}`, program: 'tsc', args: ['-p', project, '--pretty', 'false'] });

/** Types per layer (each project allows what its environment has) and lint. */
export const CHECKS = [
  types('src-main/tsconfig.engine.json'),
  types('src-main/tsconfig.json'),
  types('src-preload/tsconfig.json'),
  types('src-renderer/tsconfig.json'),
  types('test/tsconfig.json'),
  types('test/e2e/tsconfig.json'),
  types('scripts/tsconfig.json'),
  { name: 'lint and format', program: 'biome', args: ['ci', '--colors=off', '.'] },
];

const ARCHITECTURE = {
  name: 'architecture',
  program: 'vitest',
  args: ['run', '--config', 'test/vitest.config.ts', '--no-color', 'test/architecture'],
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await fitNode();
  const { passed, failed } = await runSteps([...CHECKS, ARCHITECTURE], 2);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
