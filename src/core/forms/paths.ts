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
