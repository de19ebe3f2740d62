import type { Node } from 'oxc-parser';
import { parseSync } from 'oxc-parser';
import { walk } from './module.ts';

/** What the preferences of every page must say, in place (SECURITY 3, CVE-2026-34769). */
const LITERALS = new Map([
  ['sandbox', true],
  ['contextIsolation', true],
  ['nodeIntegration', false],
  ['webviewTag', false],
  ['webSecurity', true],
]);
/** May be any expression: it loosens nothing. */
const FREE = new Set(['preload']);
/** Preferences that loosen a page; not even their safe values are wanted. */
const LOOSENING =
  /^(nodeIntegrationIn|allowRunning|experimental|enableBlink|enableDeprecated|disableBlink|plugins|navigateOnDragDrop|session|partition|additionalArguments|enableRemoteModule|affinity|offscreen)/;
const PAGE_MAKERS = /^(BrowserWindow|BrowserView|WebContentsView|webContents)$/;
/** Ways around the window: old bridges, doors between processes, and what the fuses switch off. */
const FORBIDDEN = new Set(['ipcMain', 'ipcRenderer', 'remote', 'BrowserView', 'WebContentsView', 'bypassCSP', 'fork']);

/** What is wrong with how a file makes pages; empty when it makes none, or makes them as it must. */
export function looseWindows(file: string, text: string): string[] {
  const { program, errors } = parseSync(file, text, { sourceType: 'module', preserveParens: false });
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const found: string[] = [];
  walk(program, null, (node) => {
    if (node.type === 'NewExpression' && PAGE_MAKERS.test(nameOf(node.callee)))
      found.push(...looseWindow(node.arguments));
    if (node.type === 'Identifier' && FORBIDDEN.has(node.name)) found.push(`uses ${node.name}`);
  });
  return found.map((each) => `${file} ${each}`);
}

function looseWindow(given: readonly Node[]): string[] {
  const [options] = given;
  if (options?.type !== 'ObjectExpression') return ['makes a page with options that do not stand in place'];
  const preferences = options.properties.filter((each) => each.type === 'Property' && keyOf(each) === 'webPreferences');
  const last = options.properties.at(-1);
  // A spread after them could replace them.
  if (preferences.length !== 1 || preferences[0] !== last) return ['has not webPreferences as the one last option'];
  const value = last?.type === 'Property' ? last.value : null;
  if (value?.type !== 'ObjectExpression') return ['has webPreferences that do not stand in place'];
  return loosePreferences(value.properties);
}

function loosePreferences(properties: readonly Node[]): string[] {
  const wrong: string[] = [];
  const left = new Set(LITERALS.keys());
  for (const each of properties) {
    if (each.type !== 'Property' || each.computed || each.shorthand) {
      wrong.push('has webPreferences with a spread, a shorthand or a computed name');
      continue;
    }
    const name = keyOf(each);
    if (LOOSENING.test(name)) wrong.push(`sets ${name}`);
    if (FREE.has(name)) continue;
    if (each.value.type !== 'Literal') wrong.push(`has a ${name} that is no literal`);
    else if (LITERALS.has(name) && each.value.value !== LITERALS.get(name)) wrong.push(`sets ${name} wrongly`);
    left.delete(name);
  }
  return [...wrong, ...[...left].map((name) => `does not set ${name}`)];
}

function keyOf(property: Extract<Node, { type: 'Property' }>): string {
  if (property.key.type === 'Identifier') return property.key.name;
  return property.key.type === 'Literal' ? String(property.key.value) : '';
}

function nameOf(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
}
