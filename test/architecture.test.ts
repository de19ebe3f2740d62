import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { timeAndChanceViolations, timerViolations } from './support/architecture/ambient.ts';
import { badNames, strangersAtTheTop, tooLong } from './support/architecture/files.ts';
import { barrels, cycles } from './support/architecture/graph.ts';
import { layerViolations } from './support/architecture/layers.ts';
import { lockViolations, loosePins } from './support/architecture/packages.ts';
import { readSourceTree } from './support/architecture/source-tree.ts';

const top = new URL('..', import.meta.url);
const tree = readSourceTree(top.pathname);
const json = (name: string) => JSON.parse(readFileSync(new URL(name, top), 'utf8'));

test('arrows point down, siblings never import each other, packages stay at home', () => {
  expect(layerViolations(tree)).toEqual([]);
});

test('no file imports itself in a round', () => {
  expect(cycles(tree)).toEqual([]);
});

test('there are no barrels', () => {
  expect(barrels(tree)).toEqual([]);
});

test('time and randomness come from one adapter', () => {
  expect(timeAndChanceViolations(tree)).toEqual([]);
});

test('timers are set in hosts and adapters only', () => {
  expect(timerViolations(tree)).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  expect(tooLong(tree)).toEqual([]);
});

test('files are named in kebab-case with words that tell something', () => {
  expect(badNames(tree)).toEqual([]);
});

test('the top of the repository holds what belongs there', () => {
  expect(strangersAtTheTop(tree)).toEqual([]);
});

test('dependencies are pinned exactly and the lock names no registry', () => {
  expect(loosePins(json('package.json'))).toEqual([]);
  expect(lockViolations(json('package.json'), json('package-lock.json'))).toEqual([]);
});
