import type { SourceTree } from './source-tree.ts';

const TIME_AND_CHANCE = new Set([
  ...['Date', 'Date.now', 'new Date()', 'performance.now', 'performance.timeOrigin', 'performance', 'hrtime'],
  ...[
    'Math',
    'Math.random',
    'randomBytes',
    'randomUUID',
    'randomInt',
    'randomFill',
    'randomFillSync',
    'getRandomValues',
  ],
]);
const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'node:timers', 'node:timers/promises']);

const TIME_AND_CHANCE_HOME = 'src-main/adapters/system-ambient.ts';
const TIMER_HOMES = ['src-main/adapters/', 'src-main/hosts/'];

/** Time and randomness enter the engine at one place (ARCHITECTURE 5). */
export function timeAndChanceViolations(tree: SourceTree): string[] {
  return usesOf(tree, TIME_AND_CHANCE, (file) => file === TIME_AND_CHANCE_HOME);
}

/** Decisions never wait: timers belong to hosts and adapters. */
export function timerViolations(tree: SourceTree): string[] {
  return usesOf(tree, TIMERS, (file) => TIMER_HOMES.some((home) => file.startsWith(home)));
}

function usesOf(tree: SourceTree, names: ReadonlySet<string>, isHome: (file: string) => boolean): string[] {
  return tree.modules
    .filter((module) => module.path.startsWith('src-main/') && !isHome(module.path))
    .flatMap(({ path, uses, imports }) => {
      const imported = imports.map(({ specifier, line }) => ({ name: specifier, line }));
      return [...uses, ...imported]
        .filter(({ name }) => names.has(name))
        .map(({ name, line }) => `${path}:${line} ${name}`);
    });
}
