/**
 * The type of a variable or result in an expression, as our JSON sees it.
 *
 * - `int`: whole number (JS safe integer; money in whole đồng is an `int`)
 * - `number`: any finite number; refused where an `int` is needed, write `round(x)`
 * - `day`: plain day `YYYY-MM-DD`, or only `YYYY-MM` / `YYYY` when the person knows no more; compares as text
 */
export type ExprType = 'int' | 'number' | 'string' | 'bool' | 'day' | ListType | ObjectType;

/** A list whose items all have one type, e.g. the items of a repeated group. */
export interface ListType {
  list: ExprType;
}

/** An object with known fields; a field not listed here cannot be named in an expression. */
export interface ObjectType {
  object: Record<string, ExprType>;
}

/** Variables an expression may name. Names are ASCII: `^[A-Za-z][A-Za-z0-9_]*$`. */
export type Variables = Record<string, ExprType>;

/** Whether `type` is a list type. */
export function isListType(type: ExprType): type is ListType {
  return typeof type === 'object' && 'list' in type;
}

/** Whether `type` is an object type. */
export function isObjectType(type: ExprType): type is ObjectType {
  return typeof type === 'object' && 'object' in type;
}
