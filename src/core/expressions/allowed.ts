// Everything an expression in content may call. A list of what is allowed, so that a new release of the library
// cannot bring in a function that hangs (`matches` runs JavaScript regular expressions: 26 letters took 3.3 s),
// reads the clock or a time zone, or doubles a text at each step (`cel.bind`).
const FUNCTIONS = new Set(
  'filled orElse has sum min max round floor ceil age days year size int double string bool'.split(' '),
);
const METHODS = new Set(
  'all exists exists_one map filter size contains startsWith endsWith trim lowerAscii upperAscii join'.split(' '),
);
const COMPREHENSIONS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
const MAX_NESTED_COMPREHENSIONS = 2;

interface Node {
  op: string;
  args: unknown;
  start?: number;
  end?: number;
}

/** Something an expression may not do. */
export interface Refusal {
  code: 'forbidden-function' | 'forbidden-literal' | 'too-deeply-nested';
  name: string;
  position?: { start: number; end: number };
}

/** What the walk of a parsed expression found: names used, and the first thing that is refused. */
export interface Inspection {
  references: string[];
  /** Variables of its own loops, e.g. `c` in `children.all(c, c.age < 18)`. */
  bound: string[];
  refusal?: Refusal;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).op === 'string';
}

function positionOf(node: Node): { position?: { start: number; end: number } } {
  if (typeof node.start !== 'number') return {};
  return { position: { start: node.start, end: node.end ?? node.start } };
}

function refuse(node: Node, depth: number): Refusal | undefined {
  const name = Array.isArray(node.args) && typeof node.args[0] === 'string' ? node.args[0] : '';
  if (node.op === 'call' && !FUNCTIONS.has(name)) return { code: 'forbidden-function', name, ...positionOf(node) };
  if (node.op === 'rcall' && !METHODS.has(name)) return { code: 'forbidden-function', name, ...positionOf(node) };
  if (depth > MAX_NESTED_COMPREHENSIONS) return { code: 'too-deeply-nested', name, ...positionOf(node) };
  if (node.op === 'value' && typeof node.args === 'object' && node.args !== null) {
    return { code: 'forbidden-literal', name: 'bytes', ...positionOf(node) };
  }
  if (node.op === 'map') return { code: 'forbidden-literal', name: 'map', ...positionOf(node) };
  return undefined;
}

/** Walks a parsed expression: collects the identifiers it names and refuses what content must not use. Pure. */
export function inspectExpression(ast: unknown): Inspection {
  const references = new Set<string>();
  const bound = new Set<string>();
  let refusal: Refusal | undefined;
  const walk = (value: unknown, depth: number): void => {
    if (refusal) return;
    if (Array.isArray(value)) {
      for (const child of value) walk(child, depth);
      return;
    }
    if (!isNode(value)) return;
    const args: unknown[] = Array.isArray(value.args) ? value.args : [];
    const isLoop = value.op === 'rcall' && typeof args[0] === 'string' && COMPREHENSIONS.has(args[0]);
    refusal = refuse(value, isLoop ? depth + 1 : depth);
    if (refusal) return;
    if (value.op === 'id' && typeof value.args === 'string') references.add(value.args);
    if (isLoop) {
      const variable = Array.isArray(args[2]) ? args[2][0] : undefined;
      if (isNode(variable) && typeof variable.args === 'string') bound.add(variable.args);
    }
    // The list a loop runs over is outside the loop.
    if (isLoop) {
      walk(args[1], depth);
      walk(args[2], depth + 1);
    } else walk(value.args, depth);
  };
  walk(ast, 0);
  const names = [...references].filter((name) => !bound.has(name));
  const found = { references: names, bound: [...bound] };
  return refusal ? { ...found, refusal } : found;
}
