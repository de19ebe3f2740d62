import type { SourceTree } from './source-tree.ts';

const CEILING = 300;
const WORDS = '[a-z0-9]+(-[a-z0-9]+)*';
const KEBAB_FILE = new RegExp(`^${WORDS}(\\.${WORDS})*$`);
const FORBIDDEN = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'service']);
const OUR_FOLDERS = /^(src-main|src-preload|src-renderer|test|scripts)\//;
const CODE = /\.(ts|tsx|mjs|css)$/;

const TOP_LEVEL = new Set([
  ...[
    'package.json',
    'tsconfig.json',
    'electron.vite.config.ts',
    'src-main',
    'src-preload',
    'src-renderer',
    'resources',
  ],
  ...['test', 'README.md', 'package-lock.json', 'biome.json', 'scripts', '.ci', 'docs', '.npmrc', '.gitignore'],
]);

/** No file of code is longer than 300 lines. */
export function tooLong(tree: SourceTree): string[] {
  return tree.modules.filter(({ lines }) => lines > CEILING).map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** kebab-case, and none of the words that tell nothing. */
export function badNames(tree: SourceTree): string[] {
  return tree.paths
    .filter((path) => OUR_FOLDERS.test(path) && CODE.test(path))
    .flatMap((path) =>
      path.split('/').flatMap((segment) => [
        ...(KEBAB_FILE.test(segment) ? [] : [`${path}: ${segment} is not kebab-case`]),
        ...segment
          .split(/[-.]/)
          .filter((word) => FORBIDDEN.has(word))
          .map((word) => `${path}: the word ${word} tells nothing`),
      ]),
    );
}

/** The top of the repository stays a table of contents. */
export function strangersAtTheTop(tree: SourceTree): string[] {
  const entries = new Set(tree.paths.map((path) => path.split('/')[0] ?? ''));
  return [...entries].filter((entry) => !TOP_LEVEL.has(entry)).sort();
}
