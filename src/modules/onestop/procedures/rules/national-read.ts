/** Something an importer or the linter wants a person to look at. */
export type Finding = {
  /** Stable name of the rule; all names are listed in the module's README. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Where, as a path: `detail.cases[1].processingDay`. */
  readonly path: string;
  /** Vietnamese, says what is wrong and what was done. */
  readonly message: string;
};

/** Something kept word for word because it could not be interpreted. */
export type KeptText = { readonly path: string; readonly reason: string; readonly text: string };

/** What an import collects while it reads. */
export type ImportNotes = { readonly findings: Finding[]; readonly keptAsText: KeptText[] };

/** A JSON object, or an empty one for anything else: the portal's files are not to be trusted with their shape. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The items of a JSON list that are objects, with their index in the list; anything else is an empty list. */
export function records(
  value: unknown,
): readonly { readonly at: number; readonly item: Readonly<Record<string, unknown>> }[] {
  if (!Array.isArray(value)) return [];
  return value.map((item, at) => ({ at, item: record(item) }));
}

/** Text in NFC, trimmed, without control characters (line breaks and tabs stay, zero-width marks go); '' for anything else. */
export function text(value: unknown): string {
  if (typeof value !== 'string') return '';
  const cleaned = value
    .toWellFormed()
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u200B-\u200F\u2028-\u202E\uFEFF]/g, '')
    .replace(/\r\n?/g, '\n');
  return cleaned.trim();
}

/** A finite number, or undefined. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Whole number of papers: at least 0, at most 100, fractions cut. */
export function quantity(value: unknown): number {
  return Math.min(100, Math.max(0, Math.trunc(number(value) ?? 0)));
}

/** Makes ids unique: the second `a` becomes `a~2`. */
export function uniqueIds(): (wanted: string) => { readonly id: string; readonly repeated: boolean } {
  const seen = new Map<string, number>();
  return (wanted) => {
    const clean =
      wanted
        .replace(/[^A-Za-z0-9._~-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '')
        .slice(0, 70) || 'x';
    const count = (seen.get(clean) ?? 0) + 1;
    seen.set(clean, count);
    return count === 1 ? { id: clean, repeated: false } : { id: `${clean}~${count}`, repeated: true };
  };
}
