import { isUuid } from '../../../core/ids/uuid.ts';

/** Opaque page mark of a list: the sort values of the last row. Carries no personal data. */
export function encodeCursor(values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const isInstant = (text: string): boolean => INSTANT.test(text) && !Number.isNaN(Date.parse(text));

/**
 * Values of a cursor: the last one an id, those before it instants or null. Undefined where the text is none of ours
 * (somebody changed the address by hand): the list then begins at its first page.
 */
export function decodeCursor(text: string | undefined, size: number): (string | null)[] | undefined {
  if (text === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(values) || values.length !== size) return undefined;
    const ours = values.every((value, index) =>
      index === size - 1 ? isUuid(value) : value === null || (typeof value === 'string' && isInstant(value)),
    );
    return ours ? (values as (string | null)[]) : undefined;
  } catch {
    return undefined;
  }
}
