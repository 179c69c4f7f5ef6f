import { Decimal } from './decimal.ts';
import { type Bounds, type Interval, intervals, type Told } from './interval.ts';

/** What a formula may name. `ratio` is numerator ÷ denominator, `maximum` the criterion's points. */
export const FORMULA_NAMES = ['numerator', 'denominator', 'ratio', 'maximum'] as const;
type Name = (typeof FORMULA_NAMES)[number];
export type FormulaInput = Readonly<Record<Name, Decimal>>;
/** `place`: character of the expression, from 1. */
export type FormulaProblem = {
  readonly place: number;
  readonly code: 'syntax' | 'unknown-name' | 'type' | 'division';
  readonly message: string;
};

type Value = Decimal | boolean;
type Kind = 'number' | 'boolean';
/** What a formula may name, each anywhere within its interval. */
export type FormulaRange = Readonly<Record<Name, Interval>>;
type Node = { readonly kind: Kind; readonly run: (input: FormulaInput) => Value } & (
  | { readonly kind: 'number'; readonly within: (range: FormulaRange) => Bounds }
  | { readonly kind: 'boolean'; readonly told: (range: FormulaRange) => Told }
);
type NumberNode = Extract<Node, { kind: 'number' }>;

export type Formula = {
  /** Points, or null where it divides by zero. */
  points(input: FormulaInput): Decimal | null;
  /** Between which bounds its points lie, whatever the input within the range; undefined: nothing is known. */
  bounds(range: FormulaRange): Bounds;
};

class Problem extends Error {
  readonly place: number;
  readonly code: FormulaProblem['code'];
  constructor(place: number, code: FormulaProblem['code'], message: string) {
    super(message);
    this.place = place;
    this.code = code;
  }
}
class ZeroDivision extends Error {}

/**
 * Reads an expression in exact decimals: numbers, the four names, `+ - * /`, parentheses, `min(…)`, `max(…)`, comparisons
 * and `condition ? a : b`. Every fault comes with its place.
 * @example readFormula('ratio >= 0.8 ? maximum : maximum * ratio / 0.8')
 */
export function readFormula(
  text: string,
): { readonly ok: true; readonly formula: Formula } | { readonly ok: false; readonly problem: FormulaProblem } {
  try {
    const tree = parse(text);
    const formula: Formula = {
      points(input) {
        try {
          return tree.run(input) as Decimal;
        } catch (error) {
          if (error instanceof ZeroDivision) return null;
          throw error;
        }
      },
      bounds: (range) => tree.within(range),
    };
    return { ok: true, formula };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, problem: { place: error.place, code: error.code, message: error.message } };
  }
}

type Token = { readonly text: string; readonly place: number };
const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|[-+*/()<>?:,])/y;

function tokens(text: string): Token[] {
  const list: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; ) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match?.[1]) {
      const skipped = text.slice(at).length - text.slice(at).trimStart().length;
      throw new Problem(at + skipped + 1, 'syntax', `Không hiểu “${text.slice(at + skipped, at + skipped + 10)}”.`);
    }
    list.push({ text: match[1], place: TOKEN.lastIndex - match[1].length + 1 });
    at = TOKEN.lastIndex;
  }
  return list;
}

function parse(text: string): NumberNode {
  const list = tokens(text);
  let at = 0;
  const peek = (): string | undefined => list[at]?.text;
  const place = (): number => list[at]?.place ?? text.length + 1;
  const fail = (where: number, code: FormulaProblem['code'], message: string): never => {
    throw new Problem(where, code, message);
  };
  const eat = (wanted: string): void => {
    if (peek() !== wanted) fail(place(), 'syntax', `Thiếu “${wanted}”.`);
    at += 1;
  };
  const number = (node: Node, where: number): NumberNode =>
    node.kind === 'number' ? node : fail(where, 'type', 'Chỗ này phải là một số, không phải một điều kiện.');
  const run = (node: Node, input: FormulaInput): Decimal => node.run(input) as Decimal;

  function choice(): Node {
    const where = place();
    const condition = comparison();
    if (peek() !== '?') return condition;
    if (condition.kind !== 'boolean')
      return fail(where, 'type', 'Trước dấu “?” phải là một điều kiện, thí dụ ratio >= 0.8.');
    at += 1;
    const [yesAt, yes] = [place(), choice()];
    eat(':');
    const [noAt, no] = [place(), choice()];
    const [then, otherwise] = [number(yes, yesAt), number(no, noAt)];
    return {
      kind: 'number',
      run: (input) => (condition.run(input) === true ? then : otherwise).run(input),
      within(range) {
        const told = condition.told(range);
        // A condition that may divide by zero leaves no points, however alike the two sides are.
        if (told === undefined) return undefined;
        if (told !== 'either') return (told ? then : otherwise).within(range);
        return intervals.either(then.within(range), otherwise.within(range));
      },
    };
  }

  function comparison(): Node {
    const where = place();
    const first = sum();
    const sign = peek() ?? '';
    const compare = COMPARE[sign];
    if (!compare) return first;
    at += 1;
    const rightAt = place();
    const right = number(sum(), rightAt);
    const left = number(first, where);
    return {
      kind: 'boolean',
      run: (input) => compare(run(left, input).cmp(run(right, input))),
      told: (range) => intervals.compare(left.within(range), right.within(range), sign),
    };
  }

  function sum(): Node {
    const where = place();
    let node = product();
    for (let sign = peek(); sign === '+' || sign === '-'; sign = peek()) {
      const [left, plus] = [number(node, where), sign === '+'];
      at += 1;
      const rightAt = place();
      const right = number(product(), rightAt);
      node = {
        kind: 'number',
        run: (input) => run(left, input)[plus ? 'plus' : 'minus'](run(right, input)),
        within: (range) => intervals[plus ? 'plus' : 'minus'](left.within(range), right.within(range)),
      };
    }
    return node;
  }

  function product(): Node {
    const where = place();
    let node = unary();
    for (let sign = peek(); sign === '*' || sign === '/'; sign = peek()) {
      const [left, times] = [number(node, where), sign === '*'];
      at += 1;
      const rightAt = place();
      const right = number(unary(), rightAt);
      if (
        !times &&
        /^0+(\.0+)?$/.test(list[at - 1]?.text ?? '') &&
        at - 1 === list.findIndex((t) => t.place === rightAt)
      )
        fail(rightAt, 'division', 'Phép chia cho 0.');
      node = {
        kind: 'number',
        run: (input) => {
          const value = run(right, input);
          if (times) return run(left, input).times(value);
          if (value.eq(0)) throw new ZeroDivision();
          return run(left, input).div(value);
        },
        within: (range) => intervals[times ? 'times' : 'over'](left.within(range), right.within(range)),
      };
    }
    return node;
  }

  function unary(): Node {
    if (peek() !== '-') return primary();
    at += 1;
    const where = place();
    const node = number(unary(), where);
    const less = { lo: new Decimal(-1), hi: new Decimal(-1) };
    return {
      kind: 'number',
      run: (input) => run(node, input).times(-1),
      within: (range) => intervals.times(node.within(range), less),
    };
  }

  function primary(): Node {
    const token = list[at];
    if (!token) return fail(place(), 'syntax', 'Biểu thức chưa xong.');
    at += 1;
    if (/^\d/.test(token.text)) {
      const value = new Decimal(token.text);
      return { kind: 'number', run: () => value, within: () => ({ lo: value, hi: value }) };
    }
    if (token.text === '(') {
      const node = choice();
      eat(')');
      return node;
    }
    if (token.text === 'min' || token.text === 'max') return extreme(token.text);
    const name = FORMULA_NAMES.find((each) => each === token.text);
    if (name) return { kind: 'number', run: (input) => input[name], within: (range) => range[name] };
    if (/^[A-Za-z_]/.test(token.text))
      fail(token.place, 'unknown-name', `Không có tên “${token.text}”. Dùng được: ${FORMULA_NAMES.join(', ')}.`);
    return fail(token.place, 'syntax', `“${token.text}” đứng sai chỗ.`);
  }

  function extreme(which: 'min' | 'max'): Node {
    eat('(');
    const parts: NumberNode[] = [];
    do {
      if (parts.length > 0) at += 1;
      const where = place();
      parts.push(number(choice(), where));
    } while (peek() === ',');
    eat(')');
    const better = which === 'min' ? -1 : 1;
    return {
      kind: 'number',
      run: (input) => parts.map((part) => run(part, input)).reduce((a, b) => (b.cmp(a) === better ? b : a)),
      within: (range) =>
        intervals.extreme(
          parts.map((part) => part.within(range)),
          which,
        ),
    };
  }

  const tree = choice();
  if (at < list.length) fail(place(), 'syntax', `“${peek()}” đứng sai chỗ.`);
  return number(tree, 1);
}

const COMPARE: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
};

/** Measures a formula is tried with when a set is saved: what divides by zero here would in the year too. */
const TRIED = [
  [0, 1],
  [1, 1],
  [1, 2],
  [2, 1],
  [1, 1000],
] as const;

/** Faults of a formula: in reading it, or dividing by zero for a measure that may come (a denominator of 0 never does). */
export function lintFormula(text: string, maximum: number): FormulaProblem | undefined {
  const read = readFormula(text);
  if (!read.ok) return read.problem;
  const failing = TRIED.find(
    ([numerator, denominator]) => read.formula.points(inputOf(numerator, denominator, maximum)) === null,
  );
  if (!failing) return undefined;
  const message = `Chia cho 0 khi tử số là ${failing[0]} và mẫu số là ${failing[1]}.`;
  return { place: Math.max(1, text.indexOf('/') + 1), code: 'division', message };
}

/** What a measure gives a formula. @param denominator not 0 */
export function inputOf(numerator: number, denominator: number, maximum: number): FormulaInput {
  const [top, bottom] = [new Decimal(numerator), new Decimal(denominator)];
  return { numerator: top, denominator: bottom, ratio: top.div(bottom), maximum: new Decimal(maximum) };
}
