import type { ReportDefinition } from './form.ts';
import type { CellReasons, CellValue, ManualCells, Sheet } from './sheet.ts';

export type Check = {
  readonly id: string;
  /** The rule in words: `(3) = (7) + (11)`. */
  readonly says: string;
  readonly ok: boolean;
  readonly failures: readonly {
    readonly rowId: string;
    readonly rowLabel: string;
    readonly left: number;
    readonly right: number;
    readonly columns: readonly string[];
  }[];
};

/** Checks every row and the total against the invariants; a row without data in one of the columns is passed over. */
export function checkSheet(report: ReportDefinition, sheet: Sheet): Check[] {
  const rows = [...sheet.rows, ...(sheet.total ? [sheet.total] : [])].filter((row) => row.kind !== 'heading');
  return report.invariants.map((rule) => {
    const failures = rows.flatMap((row) => {
      const left = sum(rule.left.map((no) => row.cells[no]));
      const right = sum(rule.right.map((no) => row.cells[no]));
      if (left === null || right === null) return [];
      const holds = rule.relation === '<=' ? left <= right : left === right;
      const columns = [...rule.left, ...rule.right];
      return holds ? [] : [{ rowId: row.id, rowLabel: row.label, left, right, columns }];
    });
    return { id: rule.id, says: rule.says, ok: failures.length === 0, failures };
  });
}

function sum(values: readonly (CellValue | undefined)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (typeof value !== 'number') return null;
    total += value;
  }
  return Math.round(total * 100) / 100;
}

/** A typed cell that cannot be taken. */
export type CellProblem = { readonly rowId: string; readonly column: string; readonly message: string };

/**
 * Checks typed cells against the form: only cells that are typed, numbers not negative and whole where the column counts
 * things. What the sheet has no row for is refused, so that a shifted table is never taken. A cell of a register is typed only
 * where the form lets people, with a reason.
 */
export function checkManual(
  report: ReportDefinition,
  sheet: Sheet,
  manual: ManualCells,
  reasons: CellReasons = {},
): CellProblem[] {
  const problems: CellProblem[] = [];
  const columns = new Map(report.columns.map((column) => [column.no, column]));
  for (const [rowId, cells] of Object.entries(manual)) {
    const row = sheet.rows.find((each) => each.id === rowId);
    for (const [no, value] of Object.entries(cells)) {
      const add = (message: string): void => void problems.push({ rowId, column: no, message });
      const column = columns.get(no);
      const source = row?.sources?.[no];
      if (!row) add('Biểu không có dòng này.');
      else if (source && !source.overwrite) add('Ô này lấy từ sổ nhập tay, không ghi ở báo cáo; sửa ở sổ.');
      else if (!column || !(source || row.typed.includes(no))) add(`Cột (${no}) không phải ô nhập tay.`);
      else if (value === null) continue;
      else if (source && (reasons[rowId]?.[no]?.trim() ?? '') === '')
        add('Ô này lấy từ sổ nhập tay; ghi số khác thì nêu lý do.');
      else if (column.type === 'text' || column.kind === 'note') {
        if (typeof value !== 'string' || value.length > 1000) add('Ô này ghi chữ, tối đa 1.000 ký tự.');
      } else if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 1e12)
        add('Ô này ghi số không âm.');
      else if (column.type !== 'decimal' && !Number.isInteger(value)) add('Ô này ghi số nguyên.');
    }
  }
  for (const [rowId, cells] of Object.entries(reasons)) {
    for (const [no, reason] of Object.entries(cells)) {
      const add = (message: string): void => void problems.push({ rowId, column: no, message });
      const isCell = sheet.rows.find((row) => row.id === rowId)?.sources?.[no]?.overwrite === true;
      if (!isCell) add('Ô này không lấy từ sổ nhập tay nên không cần lý do.');
      else if (reason.length > 500) add('Lý do tối đa 500 ký tự.');
      else if (reason.trim() !== '' && typeof manual[rowId]?.[no] !== 'number') add('Có lý do mà chưa ghi số khác sổ.');
    }
  }
  return problems;
}
