import type { Import } from './import.ts';
import type { Module } from './module.ts';
import type { SourceTree } from './source-tree.ts';

/** A box of ARCHITECTURE's picture. */
interface Layer {
  /** Folder, or the one file. */
  readonly folder: string;
  /** Layers its arrows lead to. */
  readonly into: readonly string[];
  /** Layers of which it may import types. */
  readonly typesOf?: readonly string[];
  /** Packages it may import; those of `HOMES` excepted when 'any'. */
  readonly packages: 'any' | readonly string[];
}

const BELOW_HOSTS = ['adapters', 'security-keys', 'api', 'ports', 'domain', 'resources', 'manifest'];

/** The picture, top to bottom. A folder inside another is the box that counts. */
const LAYERS: Readonly<Record<string, Layer>> = {
  'hosts/electron': { folder: 'src-main/hosts/electron', into: ['hosts', ...BELOW_HOSTS], packages: 'any' },
  'hosts/loopback': { folder: 'src-main/hosts/loopback', into: ['hosts', ...BELOW_HOSTS], packages: 'any' },
  hosts: { folder: 'src-main/hosts', into: ['use-cases', ...BELOW_HOSTS], packages: 'any' },
  adapters: { folder: 'src-main/adapters', into: ['ports', 'domain', 'resources'], packages: 'any' },
  'security-keys': { folder: 'src-main/security-keys', into: ['ports', 'domain'], packages: 'any' },
  api: { folder: 'src-main/api', into: ['use-cases', 'ports', 'domain'], packages: ['@trpc/server', 'zod'] },
  'use-cases': { folder: 'src-main/use-cases', into: ['ports', 'domain'], packages: [] },
  ports: { folder: 'src-main/ports', into: ['domain'], packages: [] },
  domain: {
    folder: 'src-main/domain',
    into: [],
    packages: ['@noble/hashes', 'csv-parse', 'csv-stringify', 'ipaddr.js', 'libphonenumber-js'], // pure: values in, values out
  },
  preload: { folder: 'src-preload', into: ['manifest'], packages: ['electron'] },
  renderer: { folder: 'src-renderer', into: ['resources'], typesOf: ['api', 'domain', 'preload'], packages: 'any' },
  resources: { folder: 'resources', into: [], packages: [] },
  manifest: { folder: 'package.json', into: [], packages: [] },
};

/** Packages with one home each (or two): everybody else goes through a port. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  electron: ['src-main/hosts/electron/', 'src-preload/'],
  'better-sqlite3': ['src-main/adapters/sqlite/'],
  'drizzle-orm': ['src-main/adapters/sqlite/'],
  nodemailer: ['src-main/adapters/mail/'],
  twilio: ['src-main/adapters/sms/'],
  'node-hid': ['src-main/security-keys/'],
};

const PRODUCT = /^src-(main|preload|renderer)\//;

/** Arrows point down, siblings never import each other, packages stay at home. */
export function layerViolations(tree: SourceTree): string[] {
  const paths = new Set(tree.paths);
  return tree.modules
    .filter((module) => PRODUCT.test(module.path))
    .flatMap((module) => {
      const layer = layerOf(module.path);
      if (layer === null) return [`${module.path} belongs to no layer`];
      return module.imports.flatMap((each) => {
        const wrong =
          each.target === null ? packageWrong(module, layer, each) : fileWrong(layer, each, each.target, paths);
        return wrong === null ? [] : [`${module.path}:${each.line} ${wrong}`];
      });
    });
}

function fileWrong(name: string, { typeOnly }: Import, target: string, paths: ReadonlySet<string>): string | null {
  if (!paths.has(target)) return `imports ${target}, which is not there`;
  const other = layerOf(target);
  const layer = LAYERS[name];
  if (other === null) return `imports ${target}, which belongs to no layer`;
  if (other === name || layer?.into.includes(other)) return null;
  if (!layer?.typesOf?.includes(other)) return `${name} imports ${other} (${target})`;
  return typeOnly ? null : `${name} imports a value of ${other} (${target})`;
}

function packageWrong(module: Module, name: string, { specifier }: Import): string | null {
  const wanted = packageName(specifier);
  const homes = HOMES[wanted];
  if (homes) return homes.some((home) => module.path.startsWith(home)) ? null : `imports ${wanted} away from its home`;
  if (name === 'renderer' && wanted.startsWith('node:')) return `renderer imports ${wanted}`;
  const allowed = LAYERS[name]?.packages ?? [];
  return allowed === 'any' || allowed.includes(wanted) ? null : `${name} imports ${wanted}`;
}

/** `@scope/name/deep` → `@scope/name`; `node:fs/promises` → itself. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function layerOf(file: string): string | null {
  const around = Object.entries(LAYERS).filter(([, { folder }]) => `${file}/`.startsWith(`${folder}/`));
  around.sort(([, a], [, b]) => b.folder.length - a.folder.length);
  return around[0]?.[0] ?? null;
}
