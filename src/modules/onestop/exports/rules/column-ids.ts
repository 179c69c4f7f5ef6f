/** Columns of a list of dossiers, in the order they are offered. */
export const COLUMN_IDS = [
  'code',
  'owner',
  'procedure-code',
  'procedure',
  'subject',
  'channel',
  'status',
  'light',
  'step',
  'step-due',
  'holder',
  'holder-unit',
  'submitted',
  'received',
  'due',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** What is taken out where nobody chose: the columns of the list itself. */
export const USUAL: readonly ColumnId[] = COLUMN_IDS.filter(
  (id) => id !== 'step-due' && id !== 'holder-unit' && id !== 'submitted',
);

export const isColumnId = (text: string): text is ColumnId => (COLUMN_IDS as readonly string[]).includes(text);

/** Rows of one workbook, inclusive. More weigh on a server of a district, and nobody reads them. */
export const MOST_ROWS = 5000;
