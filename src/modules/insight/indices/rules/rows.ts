/** A unit of the round as a row may name it: by its statistical code or by its name. */
export type NamedSheet<S> = { readonly sheet: S; readonly code: string | undefined; readonly name: string | undefined };

/** `unknown`: no unit of the round; `unclear`: more than one; `twice`: it stands in a row before. `at`: the row, from 0. */
type RowFault = { readonly at: number; readonly unit: string; readonly code: 'unknown' | 'unclear' | 'twice' };

/** Finds the sheet of each row, whatever the capitals: all rows with theirs, or every row at fault. */
export function matchRows<S, R extends { readonly unit: string }>(
  sheets: readonly NamedSheet<S>[],
  rows: readonly R[],
):
  | { readonly ok: true; readonly matched: readonly { readonly sheet: S; readonly row: R }[] }
  | { readonly ok: false; readonly faults: readonly RowFault[] } {
  const named = new Map<string, Set<S>>();
  for (const { sheet, code, name } of sheets) {
    for (const key of [code, name]) if (key) named.set(fold(key), new Set(named.get(fold(key))).add(sheet));
  }
  const matched = new Map<S, R>();
  const faults: RowFault[] = [];
  for (const [at, row] of rows.entries()) {
    const [sheet, other] = named.get(fold(row.unit)) ?? [];
    if (sheet === undefined) faults.push({ at, unit: row.unit, code: 'unknown' });
    else if (other !== undefined) faults.push({ at, unit: row.unit, code: 'unclear' });
    else if (matched.has(sheet)) faults.push({ at, unit: row.unit, code: 'twice' });
    else matched.set(sheet, row);
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, matched: [...matched].map(([sheet, row]) => ({ sheet, row })) };
}

const fold = (text: string): string => text.trim().normalize('NFC').toLocaleLowerCase('vi');
