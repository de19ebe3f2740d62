import type { SourceTree } from './source-tree.ts';

/** Each cycle once, as `a.ts → b.ts → a.ts`, over imports that are there at run time. */
export function cycles(tree: SourceTree): string[] {
  const graph = new Map(
    tree.modules.map(({ path, imports }) => [
      path,
      imports.flatMap(({ target, typeOnly }) => (target !== null && !typeOnly ? [target] : [])),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (file: string, trail: string[]): void => {
    const before = trail.indexOf(file);
    if (before >= 0) found.push([...trail.slice(before), file].join(' → '));
    if (before >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) follow(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) follow(file, []);
  return found;
}

/** `index.ts` only in preload; nothing re-exports wholesale, nothing only re-exports. */
export function barrels(tree: SourceTree): string[] {
  return tree.modules.flatMap(({ path, imports, onlyReexports }) => [
    ...(/(^|\/)index\.\w+$/.test(path) && path !== 'src-preload/index.ts' ? [`${path} is an index file`] : []),
    ...imports.filter(({ star }) => star).map(({ line }) => `${path}:${line} exports everything of another file`),
    ...(onlyReexports ? [`${path} only re-exports`] : []),
  ]);
}
