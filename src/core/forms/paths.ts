/** Prefix of form names in HTML posts: `f.children.0.fullName`. */
export const NAME_PREFIX = 'f.';

/** Name of the input at a path. */
export function inputName(path: string): string {
  return NAME_PREFIX + path;
}

/** HTML id of the input at a path; the error summary links to it. */
export function inputId(idPrefix: string, path: string): string {
  return `${idPrefix}-${path.replaceAll('.', '-')}`;
}

/** Value of a submit button `op`, e.g. `add:children`, `remove:children:1`, `remove-file:photo:0198…`. */
export function operation(kind: 'add' | 'remove' | 'remove-file', path: string, item?: string | number): string {
  return item === undefined ? `${kind}:${path}` : `${kind}:${path}:${item}`;
}

/** The value at a path of form values; undefined where there is none. Reads own properties only. */
export function valueAt(values: unknown, path: string): unknown {
  let at = values;
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}

/**
 * Form values with another value at a path; the given ones are not changed. Lists grow where a number is met:
 * `withValueAt({}, 'children.0.childName', 'A')` is `{ children: [{ childName: 'A' }] }`.
 */
export function withValueAt(values: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  return put(values, path.split('.'), value) as Record<string, unknown>;
}

function put(at: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (/^\d{1,3}$/.test(step)) {
    const list: unknown[] = Array.isArray(at) ? [...(at as unknown[])] : [];
    while (list.length < Number(step)) list.push({});
    list[Number(step)] = put(list[Number(step)], rest, value);
    return list;
  }
  const isPlain = typeof at === 'object' && at !== null && !Array.isArray(at);
  const record: Record<string, unknown> = isPlain ? { ...at } : {};
  // Object.defineProperty, so that a path named __proto__ would make an own property and touch no prototype.
  const child = put(Object.hasOwn(record, step) ? record[step] : undefined, rest, value);
  return Object.defineProperty(record, step, { value: child, enumerable: true, configurable: true, writable: true });
}
