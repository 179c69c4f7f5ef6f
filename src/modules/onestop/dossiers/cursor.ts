/** Opaque page mark of a list: the sort values of the last row. Carries no personal data. */
export function encodeCursor(values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Values of a cursor, or undefined where it is none of ours (the list then begins at its first page). */
export function decodeCursor(text: string | undefined, size: number): (string | null)[] | undefined {
  if (text === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(values) || values.length !== size) return undefined;
    return values.every((v) => v === null || typeof v === 'string') ? (values as (string | null)[]) : undefined;
  } catch {
    return undefined;
  }
}
