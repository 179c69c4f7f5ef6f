import { TypeError as CelTypeError, Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import { inspectExpression } from './allowed.ts';
import { isMissingError, registerFunctions } from './functions.ts';
import { type ExprType, isListType, isObjectType, type Variables } from './types.ts';
import { ExpressionValueError, fromCel, toCel } from './values.ts';

/** Why an expression was refused or failed. `position` counts UTF-16 units from the start of the source. */
export interface ExpressionError {
  code:
    | 'syntax'
    | 'too-large'
    | 'unknown-name'
    | 'type'
    | 'wrong-result-type'
    | 'forbidden-function'
    | 'forbidden-literal'
    | 'too-deeply-nested'
    | 'shadowed-name'
    | 'missing-value'
    | 'wrong-type'
    | 'not-a-number'
    | 'evaluation';
  message: string;
  position?: { start: number; end: number };
}

/** A checked expression. Safe to keep and to run any number of times; holds no state. */
export interface Expression {
  readonly source: string;
  /** Names of variables it reads, without those of its own loops; what orders computed fields. */
  readonly references: readonly string[];
  readonly type: ExprType | 'list' | 'other';
  readonly variables: Variables;
  readonly run: (values: Record<string, unknown>) => unknown;
}

export type CompileResult = { ok: true; expression: Expression } | { ok: false; error: ExpressionError };
export type EvaluateResult = { ok: true; value: unknown } | { ok: false; error: ExpressionError };

const MAX_SOURCE_LENGTH = 2000;
const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 8, maxCallArguments: 4 };

function declareType(env: Environment, type: ExprType, name: string): string {
  if (isListType(type)) return `list<${declareType(env, type.list, `${name}Item`)}>`;
  if (!isObjectType(type)) return { int: 'int', number: 'double', string: 'string', bool: 'bool', day: 'string' }[type];
  const schema: Record<string, string> = {};
  for (const [field, fieldType] of Object.entries(type.object)) {
    schema[field] = declareType(env, fieldType, `${name}_${field}`);
  }
  const typeName = `T_${name}`;
  env.registerType({ name: typeName, schema });
  return typeName;
}

function buildEnvironment(variables: Variables): Environment {
  const env = new Environment({ limits: LIMITS });
  registerFunctions(env);
  for (const [name, type] of Object.entries(variables)) env.registerVariable(name, declareType(env, type, name));
  return env;
}

// A form compiles some fifty expressions against one record of variables; the record is the key.
const environments = new WeakMap<Variables, Environment>();

function environmentFor(variables: Variables): Environment {
  const known = environments.get(variables);
  if (known) return known;
  const env = buildEnvironment(variables);
  environments.set(variables, env);
  return env;
}

function typeOfResult(celType: string): Expression['type'] {
  if (celType === 'double') return 'number';
  if (celType === 'int' || celType === 'string' || celType === 'bool') return celType;
  return celType.startsWith('list') ? 'list' : 'other';
}

function fits(actual: Expression['type'], expected: ExprType): boolean {
  if (isListType(expected)) return actual === 'list';
  if (isObjectType(expected)) return false;
  if (expected === 'day') return actual === 'string';
  if (expected === 'number') return actual === 'number' || actual === 'int';
  return actual === expected;
}

function libraryError(error: unknown): ExpressionError {
  const known = error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError;
  if (!known) return { code: 'evaluation', message: error instanceof Error ? error.message : String(error) };
  const position = error.range ? { position: { start: error.range.start, end: error.range.end } } : {};
  const message = error.summary;
  if (error.code === 'unknown_variable' || error.code === 'no_such_key') {
    return { code: 'unknown-name', message, ...position };
  }
  if (error instanceof ParseError) {
    return { code: /^Exceeded/i.test(message) ? 'too-large' : 'syntax', message, ...position };
  }
  return { code: error instanceof CelTypeError ? 'type' : 'evaluation', message, ...position };
}

/**
 * Parses and type-checks a CEL expression against declared variables; to be called when content is saved and when
 * it is loaded. Refuses functions outside our list (`matches`, time zones), byte and map literals, more than 2000
 * characters, loops nested deeper than two, loop variables that hide a variable, and another result type than
 * `expected` (`number` accepts `int`, `day` accepts `string`). Works under a CSP without `unsafe-eval`.
 *
 * @example compileExpression('copies > 2 ? 7000 : copies * 2000', { copies: 'int' }, 'int')
 */
export function compileExpression(source: string, variables: Variables, expected?: ExprType): CompileResult {
  if (source.length > MAX_SOURCE_LENGTH) {
    return { ok: false, error: { code: 'too-large', message: `longer than ${MAX_SOURCE_LENGTH} characters` } };
  }
  try {
    const parsed = environmentFor(variables).parse(source);
    const inspection = inspectExpression(parsed.ast);
    if (inspection.refusal) {
      const { code, name, position } = inspection.refusal;
      return { ok: false, error: { code, message: name, ...(position ? { position } : {}) } };
    }
    const shadowed = inspection.bound.find((name) => Object.hasOwn(variables, name));
    if (shadowed !== undefined) return { ok: false, error: { code: 'shadowed-name', message: shadowed } };
    const checked = parsed.check();
    if (!checked.valid || checked.type === undefined) return { ok: false, error: libraryError(checked.error) };
    const type = typeOfResult(checked.type);
    if (expected !== undefined && !fits(type, expected)) {
      const wanted = typeof expected === 'string' ? expected : 'list';
      return { ok: false, error: { code: 'wrong-result-type', message: `expected ${wanted}, got ${checked.type}` } };
    }
    const references = inspection.references;
    return { ok: true, expression: { source, references, type, variables, run: (values) => parsed(values) } };
  } catch (error) {
    return { ok: false, error: libraryError(error) };
  }
}

/**
 * Runs a checked expression. A value left out, null or undefined is missing: the result is then the error
 * `missing-value` unless the expression did not need it (`false && x`) or asked with `filled(x)`, `orElse(x, 0)`.
 * Whole numbers come back as JS numbers; a result beyond 2^53 is the error `too-large`, division by zero
 * `evaluation`. Never throws.
 */
export function evaluate(expression: Expression, values: Record<string, unknown>): EvaluateResult {
  try {
    const context: Record<string, unknown> = {};
    for (const name of expression.references) {
      const type = expression.variables[name];
      if (type === undefined || !Object.hasOwn(values, name)) continue;
      const value = toCel(values[name], type);
      if (value !== undefined) context[name] = value;
    }
    return { ok: true, value: fromCel(expression.run(context)) };
  } catch (error) {
    if (isMissingError(error)) return { ok: false, error: { ...libraryError(error), code: 'missing-value' } };
    if (error instanceof ExpressionValueError)
      return { ok: false, error: { code: error.code, message: error.message } };
    return { ok: false, error: libraryError(error) };
  }
}
