import path from 'node:path';
import { type Node, parseSync, visitorKeys } from 'oxc-parser';
import { type Import, importIn } from './import.ts';
import { namesIn } from './surroundings.ts';

/** A name that a file takes from its surroundings: `Date.now`, `new Date()`, `setTimeout`, … */
export interface Use {
  readonly name: string;
  readonly line: number;
}

/** What the rules need to know of one file. */
export interface Module {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  /** Nothing but re-exports: a barrel by another name. */
  readonly onlyReexports: boolean;
}

/** @throws when the file does not parse: rules about half a file would be worth nothing. */
export function parseModule(file: string, text: string): Module {
  const { program, errors } = parseSync(file, text, { sourceType: 'module', preserveParens: false });
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const lineOf = (node: Node) => text.slice(0, node.start).split('\n').length;
  const imports: Import[] = [];
  const uses: Use[] = [];
  walk(program, null, (node, parent) => {
    const found = importIn(node);
    if (found) imports.push({ ...found, line: lineOf(node), target: targetOf(file, found.specifier) });
    for (const name of namesIn(node, parent)) uses.push({ name, line: lineOf(node) });
  });
  const onlyReexports =
    program.body.length > 0 && program.body.every((node) => node.type.startsWith('Export') && importIn(node) !== null);
  return { path: file, lines: text.replace(/\n$/, '').split('\n').length, imports, uses, onlyReexports };
}

/** Visits a node and all below it, each with its parent. */
export function walk(node: Node, parent: Node | null, visit: (node: Node, parent: Node | null) => void): void {
  visit(node, parent);
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    for (const each of Array.isArray(child) ? child : [child]) if (each) walk(each, node, visit);
  }
}

function targetOf(file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
}
