/**
 * One text per value, whatever the order of its keys: JSON without spaces, object keys sorted by UTF-16 code unit,
 * members that are `undefined` or functions left out, dates and other `toJSON` values as `JSON.stringify` writes them.
 * Texts are made storable in jsonb first (`storable`), so the text is the same before writing and after reading.
 * @example canonicalJson({ b: 1, a: [new Date(0)] }) === '{"a":["1970-01-01T00:00:00.000Z"],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return write(storable(value));
}

/**
 * The value as PostgreSQL's jsonb can hold it: as after `JSON.parse(JSON.stringify(value))`, with U+0000 and lone
 * surrogates (which jsonb refuses) replaced by U+FFFD in texts and keys. `undefined` becomes null. A number that is
 * not finite becomes null, -0 becomes 0.
 */
export function storable(value: unknown): unknown {
  const text = JSON.stringify(value);
  if (text === undefined) return null;
  const plain: unknown = JSON.parse(text);
  return /\\u(0000|d[89a-f])/i.test(text) ? clean(plain) : plain;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [cleanText(key), clean(member)]));
}

function cleanText(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed();
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`).join(',')}}`;
}
