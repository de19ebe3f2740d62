import type { Node } from 'oxc-parser';

const HARMLESS_DATE = new Set(['Date.UTC', 'Date.parse', 'Date.prototype']);
/** Reached into with a dot; what is taken out is what counts. */
const NAMESPACES = new Set(['Date', 'Math', 'performance', 'process', 'crypto']);
const EXPRESSION_WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
]);

/**
 * Names by which this node reaches what surrounds the program: `setTimeout`, `Date.now` together with `now`,
 * `new Date()`, a bare `Date` or `Math` handed on or taken apart, and the names an import asks for.
 */
export function namesIn(node: Node, parent: Node | null): string[] {
  if (node.type === 'ImportSpecifier') return node.imported.type === 'Identifier' ? [node.imported.name] : [];
  if (node.type === 'MemberExpression') return memberNames(node);
  if (node.type !== 'Identifier' || isNameOnly(node, parent)) return [];
  if (node.name === 'Date' && parent?.type === 'NewExpression' && parent.callee === node) {
    return parent.arguments.length === 0 ? ['new Date()'] : [];
  }
  if (node.name === 'Date' && parent?.type === 'BinaryExpression' && parent.operator === 'instanceof') return [];
  return [node.name];
}

function memberNames(node: Extract<Node, { type: 'MemberExpression' }>): string[] {
  const member = memberName(node);
  if (member === null) return [];
  const owner = node.object.type === 'Identifier' ? node.object.name : memberName(node.object);
  const whole = `${owner}.${member}`;
  return HARMLESS_DATE.has(whole) ? [] : [whole, member];
}

function memberName(node: Node): string | null {
  if (node.type !== 'MemberExpression') return null;
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null;
  return node.property.type === 'Literal' ? String(node.property.value) : null;
}

/** A property's, declaration's or type's own name takes nothing from the surroundings. */
function isNameOnly(node: Extract<Node, { type: 'Identifier' }>, parent: Node | null): boolean {
  if (parent === null) return false;
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === node ? NAMESPACES.has(node.name) : !parent.computed;
    case 'Property':
      return parent.key === node && !parent.computed && !parent.shorthand;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.key === node && !parent.computed;
    case 'ImportSpecifier':
    case 'ExportSpecifier':
      return true;
    default:
      return parent.type.startsWith('TS') && !EXPRESSION_WRAPPERS.has(parent.type);
  }
}
