import { type Environment, EvaluationError } from '@marcbachmann/cel-js';
import { ageInYears, parseDayParts, wholeDaysBetween } from './days.ts';

// What we use of the library's macro interface; it ships no types for it.
interface CheckedType {
  name: string;
  kind: string;
  valueType?: CheckedType;
}
interface Checker {
  check(node: unknown, context: unknown): CheckedType;
  getType(name: string): CheckedType;
  createError(code: string, message: string, node: unknown): Error;
  checkAccessOnType(node: unknown, context: unknown, type: CheckedType): CheckedType;
}
interface Evaluator {
  run(node: unknown, context: unknown): unknown;
}
interface MacroNode {
  op: string;
  args: unknown;
}
interface MacroCall {
  args: MacroNode[];
}

const MISSING = new Set(['unknown_variable', 'no_such_key', 'index_out_of_bounds', 'missing_value']);

/** Whether the library's error means that a value is not there (yet), as against a wrong expression. */
export function isMissingError(error: unknown): boolean {
  return error instanceof EvaluationError && MISSING.has(error.code);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function orMissing(value: number | undefined): bigint {
  if (value === undefined) throw new EvaluationError({ code: 'missing_value', message: 'incomplete day' });
  return BigInt(value);
}

/** `filled(x)`: true when x has a value that is not empty; the only way to speak of a missing value, with orElse. */
function filledMacro({ args }: MacroCall): unknown {
  const [operand] = args;
  return {
    async: false,
    typeCheck(checker: Checker, _macro: unknown, context: unknown): CheckedType {
      checker.check(operand, context);
      return checker.getType('bool');
    },
    evaluate(evaluator: Evaluator, _macro: unknown, context: unknown): boolean {
      try {
        return !isEmpty(evaluator.run(operand, context));
      } catch (error) {
        if (isMissingError(error)) return false;
        throw error;
      }
    },
  };
}

/** `orElse(x, fallback)`: x, or the fallback of the same type where x is missing. */
function orElseMacro({ args }: MacroCall): unknown {
  const [operand, fallback] = args;
  return {
    async: false,
    typeCheck(checker: Checker, _macro: unknown, context: unknown): CheckedType {
      const type = checker.check(operand, context);
      const other = checker.check(fallback, context);
      if (type.name === other.name) return type;
      throw checker.createError('unlike_types', `orElse needs one type, got ${type.name} and ${other.name}`, fallback);
    },
    evaluate(evaluator: Evaluator, _macro: unknown, context: unknown): unknown {
      try {
        return evaluator.run(operand, context);
      } catch (error) {
        if (isMissingError(error)) return evaluator.run(fallback, context);
        throw error;
      }
    },
  };
}

/** `sum(list, 'field')`: the field summed over the items; missing in one item makes the sum missing. */
function sumFieldMacro({ args }: MacroCall): unknown {
  const [list, key] = args;
  let isInt = true;
  return {
    async: false,
    typeCheck(checker: Checker, _macro: unknown, context: unknown): CheckedType {
      const type = checker.check(list, context);
      if (type.kind !== 'list' || type.valueType === undefined) {
        throw checker.createError('sum_needs_list', 'sum needs a list', list);
      }
      if (key?.op !== 'value' || typeof key.args !== 'string') {
        throw checker.createError('sum_needs_field', 'sum needs a field name in quotes', key);
      }
      const access = { op: '.', args: [list, key.args] };
      const field = checker.checkAccessOnType(access, context, type.valueType);
      if (field.name !== 'int' && field.name !== 'double') {
        throw checker.createError('sum_needs_numbers', `sum cannot add ${field.name}`, key);
      }
      isInt = field.name === 'int';
      return field;
    },
    evaluate(evaluator: Evaluator, _macro: unknown, context: unknown): bigint | number {
      const items = evaluator.run(list, context) as Iterable<unknown>;
      const name = key?.args as string;
      let whole = 0n;
      let total = 0;
      for (const item of items) {
        const value = item instanceof Map ? item.get(name) : (item as Record<string, unknown>)[name];
        if (isInt && typeof value === 'bigint') whole += value;
        else if (!isInt && typeof value === 'number') total += value;
        else throw new EvaluationError({ code: 'missing_value', message: `no value: ${name}` });
      }
      return isInt ? whole : total;
    },
  };
}

function registerDayFunctions(env: Environment): void {
  env.registerFunction('age(string, string): int', (a: string, b: string) => orMissing(ageInYears(a, b)));
  env.registerFunction('days(string, string): int', (a: string, b: string) => orMissing(wholeDaysBetween(a, b)));
  env.registerFunction('year(string): int', (a: string) => orMissing(parseDayParts(a)?.year));
}

function toInt(value: number): bigint {
  if (!Number.isFinite(value)) throw new EvaluationError({ code: 'not_a_number', message: 'not a number' });
  return BigInt(value);
}

/** Adds our functions to an environment; the list of names that content may call is in allowed.ts. */
export function registerFunctions(env: Environment): void {
  env.registerFunction('filled(ast): bool', filledMacro);
  env.registerFunction('orElse(ast, ast): dyn', orElseMacro);
  env.registerFunction('sum(ast, ast): dyn', sumFieldMacro);
  env.registerFunction('sum(list<int>): int', (list: bigint[]) => list.reduce((a, b) => a + b, 0n));
  env.registerFunction('sum(list<double>): double', (list: number[]) => list.reduce((a, b) => a + b, 0));
  env.registerFunction('min(int, int): int', (a: bigint, b: bigint) => (a < b ? a : b));
  env.registerFunction('max(int, int): int', (a: bigint, b: bigint) => (a > b ? a : b));
  env.registerFunction('min(double, double): double', Math.min);
  env.registerFunction('max(double, double): double', Math.max);
  // Half away from zero, as fees are rounded; Math.round(-2.5) would give -2.
  env.registerFunction('round(double): int', (a: number) => toInt(Math.sign(a) * Math.round(Math.abs(a))));
  env.registerFunction('floor(double): int', (a: number) => toInt(Math.floor(a)));
  env.registerFunction('ceil(double): int', (a: number) => toInt(Math.ceil(a)));
  registerDayFunctions(env);
}
