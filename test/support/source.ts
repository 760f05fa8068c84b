/** What the arrows need to know of a source file: what it imports, and what in it is not pure. */
import { type Node, parseSync, visitorKeys } from 'oxc-parser';

export interface Source {
  /** The specifiers of all imports and re-exports, of types too. Null stands for an `import()` of no literal. */
  imports: (string | null)[];
  /** Uses of clock, network, randomness, timers and async, as they would be named to the author. */
  impurities: string[];
}

const IMPURE_GLOBALS = new Set('crypto fetch globalThis performance queueMicrotask setInterval setTimeout'.split(' '));
const IMPURE_MEMBERS: Record<string, string[]> = { Date: ['now'], Math: ['random'], Temporal: ['Now'] };

/** Throws when the source has no valid syntax. */
export function readSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const source: Source = { imports: [], impurities: [] };
  // JSX compiles to an import of its own.
  if (path.endsWith('.tsx')) source.imports.push('hono/jsx/jsx-runtime');
  walk(program, (node, parent) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) source.imports.push(specifier);
    const impurity = impurityOf(node, parent);
    if (impurity !== undefined) source.impurities.push(impurity);
  });
  return source;
}

function specifierOf(node: Node): string | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return node.source.value;
    case 'ExportNamedDeclaration':
      return node.source?.value;
    case 'TSImportType':
      return node.source.value;
    case 'TSExternalModuleReference':
      return node.expression.value;
    case 'ImportExpression':
      return node.source.type === 'Literal' && typeof node.source.value === 'string' ? node.source.value : null;
    default:
      return undefined;
  }
}

function impurityOf(node: Node, parent: Node | undefined): string | undefined {
  switch (node.type) {
    case 'AwaitExpression':
      return 'await';
    case 'ForOfStatement':
      return node.await ? 'for await' : undefined;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.async ? 'an async function' : undefined;
    case 'NewExpression':
      return isNamed(node.callee, 'Date') && node.arguments.length === 0 ? 'new Date() without argument' : undefined;
    case 'CallExpression':
      return isNamed(node.callee, 'Date') ? 'Date()' : undefined;
    case 'MemberExpression':
      return impureMember(node);
    case 'Identifier':
      return IMPURE_GLOBALS.has(node.name) && isReference(node, parent) ? node.name : undefined;
    default:
      return undefined;
  }
}

function impureMember(node: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  const member = node.property.type === 'Literal' ? node.property.value : 'name' in node.property && node.property.name;
  return IMPURE_MEMBERS[node.object.name]?.find((name) => name === member) && `${node.object.name}.${member}`;
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** False for names of members and keys, which only look like the global. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return true;
  if ('computed' in parent && parent.computed) return true;
  if ('key' in parent) return parent.key !== node || ('shorthand' in parent && parent.shorthand === true);
  return !('property' in parent && parent.property === node);
}

function walk(node: Node, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  visit(node, parent);
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key];
    for (const one of Array.isArray(child) ? child : [child]) {
      if (one) walk(one, visit, node);
    }
  }
}
