import { type ExprType, isListType, isObjectType } from './types.ts';

/** A value could not be given to an expression, or taken from it. */
export class ExpressionValueError extends Error {
  readonly code: 'wrong-type' | 'not-a-number' | 'too-large';
  constructor(code: 'wrong-type' | 'not-a-number' | 'too-large', message: string) {
    super(message);
    this.code = code;
  }
}

const MAX_LIST_ITEMS = 1000;

function wrongType(type: ExprType): ExpressionValueError {
  return new ExpressionValueError('wrong-type', `expected ${typeof type === 'string' ? type : 'list or object'}`);
}

function listToCel(value: unknown, type: ExprType): unknown[] {
  if (!Array.isArray(value)) throw wrongType({ list: type });
  if (value.length > MAX_LIST_ITEMS) throw new ExpressionValueError('too-large', 'too many items');
  const items: unknown[] = [];
  for (const item of value as unknown[]) {
    const converted = toCel(item, type);
    if (converted !== undefined) items.push(converted);
  }
  return items;
}

function objectToCel(value: unknown, fields: Record<string, ExprType>): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType({ object: fields });
  const result: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(fields)) {
    if (!Object.hasOwn(value, name)) continue;
    const converted = toCel((value as Record<string, unknown>)[name], type);
    if (converted !== undefined) result[name] = converted;
  }
  return result;
}

/**
 * Our JSON value → the library's value: the one place where whole numbers become BigInt.
 * null and undefined mean missing and give undefined. Throws ExpressionValueError on a value of another type.
 */
export function toCel(value: unknown, type: ExprType): unknown {
  if (value === undefined || value === null) return undefined;
  if (isListType(type)) return listToCel(value, type.list);
  if (isObjectType(type)) return objectToCel(value, type.object);
  switch (type) {
    case 'int':
      if (!Number.isSafeInteger(value)) throw wrongType(type);
      return BigInt(value as number);
    case 'number':
      if (!Number.isFinite(value)) throw wrongType(type);
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw wrongType(type);
      return value;
    case 'string':
    case 'day':
      if (typeof value !== 'string') throw wrongType(type);
      return value;
    default:
      return type satisfies never;
  }
}

/** The library's result → our JSON value: BigInt become numbers; beyond 2^53 or not finite is an error, never wrong. */
export function fromCel(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new ExpressionValueError('too-large', 'number beyond 2^53');
    return number;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ExpressionValueError('not-a-number', 'result is not a finite number');
  }
  if (Array.isArray(value)) return value.map(fromCel);
  return value;
}
