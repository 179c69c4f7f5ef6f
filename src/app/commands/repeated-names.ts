/** A name that stands twice in one object of a JSON text, and the line of the second. */
export type RepeatedName = { readonly name: string; readonly line: number };

/** A string with what follows it, or a bracket: all a reader of names needs to see of JSON. */
const PIECE = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g;

/**
 * Names given twice in one object, of which a JSON reader silently keeps the last.
 * @param text well-formed JSON
 * @example repeatedNames('{"a": 1,\n"a": 2}') → [{ name: 'a', line: 2 }]
 */
export function repeatedNames(text: string): RepeatedName[] {
  const found: RepeatedName[] = [];
  const open: Set<string>[] = [];
  for (const match of text.matchAll(PIECE)) {
    const [piece, quoted, colon] = match;
    if (piece === '{' || piece === '[') open.push(new Set());
    else if (piece === '}' || piece === ']') open.pop();
    else if (quoted !== undefined && colon !== undefined) {
      const name = String(JSON.parse(quoted));
      const names = open.at(-1);
      if (names?.has(name)) found.push({ name, line: text.slice(0, match.index).split('\n').length });
      names?.add(name);
    }
  }
  return found;
}
