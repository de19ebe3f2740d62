import type { Node } from 'oxc-parser';

/** One import, re-export, dynamic import or worker address. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** True when nothing of it is left after compilation. `import { type A }` still loads the module (verbatimModuleSyntax). */
  readonly typeOnly: boolean;
  /** `export * from`. */
  readonly star: boolean;
  /** Path of the file meant, for relative ones; null for packages. */
  readonly target: string | null;
}

export type Found = Pick<Import, 'specifier' | 'typeOnly' | 'star'>;

/** The import this very node is, or null. */
export function importIn(node: Node): Found | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: node.source.value, typeOnly: node.importKind === 'type', star: false };
    case 'ExportAllDeclaration':
      return { specifier: node.source.value, typeOnly: node.exportKind === 'type', star: true };
    case 'ExportNamedDeclaration':
      return node.source && { specifier: node.source.value, typeOnly: node.exportKind === 'type', star: false };
    case 'TSImportType':
      return { specifier: node.source.value, typeOnly: true, star: false };
    case 'ImportExpression':
      return valueImport(node.source);
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require'
        ? valueImport(node.arguments[0])
        : null;
    case 'NewExpression':
      return isWorkerAddress(node) ? valueImport(node.arguments[0]) : null;
    default:
      return null;
  }
}

/** A computed address cannot be followed; it is reported as itself, which no rule allows. */
function valueImport(node: Node | undefined): Found {
  const known = node?.type === 'Literal' && typeof node.value === 'string';
  return { specifier: known ? String(node.value) : '(computed)', typeOnly: false, star: false };
}

/** `new URL('./hash-worker.ts', import.meta.url)`: how a worker's file is named. */
function isWorkerAddress(node: Extract<Node, { type: 'NewExpression' }>): boolean {
  const [first, second] = node.arguments;
  return (
    node.callee.type === 'Identifier' &&
    node.callee.name === 'URL' &&
    second?.type === 'MemberExpression' &&
    second.object.type === 'MetaProperty' &&
    first?.type === 'Literal' &&
    /\.(ts|tsx)$/.test(String(first.value))
  );
}
