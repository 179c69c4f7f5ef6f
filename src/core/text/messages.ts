/**
 * Flattens the tree of one message file into full keys. The file's name gives the namespace, so
 * `portal.vi.yaml` with `home: {title: …}` yields `portal.home.title`; a file that already repeats its
 * namespace at the top (or in flat keys) is taken as it is.
 *
 * @throws TypeError when a leaf is not a text: a number or a list in a message file is a slip of the pen.
 */
export function flattenMessages(namespace: string, tree: unknown): Record<string, string> {
  const flat: Record<string, string> = {};
  walk('', tree, flat);
  const out: Record<string, string> = {};
  for (const [key, text] of Object.entries(flat)) {
    out[key.startsWith(`${namespace}.`) ? key : `${namespace}.${key}`] = text;
  }
  return out;
}

function walk(prefix: string, node: unknown, into: Record<string, string>): void {
  if (typeof node === 'string') {
    into[prefix] = node;
    return;
  }
  if (node === null || typeof node !== 'object' || Array.isArray(node)) {
    throw new TypeError(`message "${prefix}" must be a text`);
  }
  for (const [key, child] of Object.entries(node)) walk(prefix === '' ? key : `${prefix}.${key}`, child, into);
}

/** A text with its `{{places}}` filled in; a place nobody filled becomes nothing. Nothing is escaped. */
export function fillPlaces(text: string, places: Readonly<Record<string, string | number>>): string {
  if (!text.includes('{{')) return text;
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(places[name] ?? ''));
}
