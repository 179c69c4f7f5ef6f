import type { QueryOf } from '../../../core/contract/endpoint.ts';
import { foldVietnamese } from '../../../core/text/fold.ts';
import type * as contract from './contract.ts';
import { readResult } from './rules/result.ts';
import type { RegisterSheet } from './sheet-rows.ts';

/** Rows that fit what was asked, in the order that was asked. */
export function chosen(
  rows: readonly contract.RegisterRow[],
  query: QueryOf<typeof contract.getRegister>,
): contract.RegisterRow[] {
  const q = foldVietnamese(query.q ?? '');
  const kept = rows.filter((row) => {
    const texts = Object.values(row.values ?? {})
      .filter((value) => typeof value === 'string')
      .map((value) => readResult(value)?.label ?? value);
    return (
      isOf(row, query.only) &&
      (q === '' || foldVietnamese([row.unitName, row.former?.unitName, ...texts].join(' ')).includes(q))
    );
  });
  if (query.sort === 'late') return kept.toSorted((a, b) => (b.lateDays ?? -1) - (a.lateDays ?? -1));
  if (query.sort === 'changed') return kept.toSorted((a, b) => (b.changedAt ?? '').localeCompare(a.changedAt ?? ''));
  return kept;
}

function isOf(row: contract.RegisterRow, only: QueryOf<typeof contract.getRegister>['only']): boolean {
  if (only === 'missing') return row.missing;
  if (only === 'late') return (row.lateDays ?? 0) > 0;
  if (only === 'corrected') return row.corrected !== null || (row.removed && row.values !== null);
  return true;
}

/** How many units were to enter, how many have what counts, and how many were or are late. */
export function progressOf({ rows }: RegisterSheet) {
  const units = Map.groupBy(
    rows.filter((row) => row.former === null && (row.missing || row.entryId !== null)),
    (row) => row.unitId,
  );
  const lines = [...units.values()];
  const missing = lines.filter((own) => own.some((row) => row.missing)).length;
  const late = lines.filter((own) => own.some((row) => (row.lateDays ?? 0) > 0)).length;
  return { expected: units.size, entered: units.size - missing, missing, late };
}
