import { words } from '../../../platform/messages/words.ts';
import type { UnitVersion } from '../../foundation/organisation/index.ts';
import type { ReportContext } from './context.ts';
import { definitionOf } from './forms.ts';
import type { ReportDefinition } from './rules/form.ts';
import type { ReportPeriod } from './rules/period.ts';
import type { UnitCell } from './rules/sheet.ts';
import { listSentRows, type SentRows } from './store.ts';

/** What units below have sent for the cells they add to: row id → column number → one cell a unit. */
export type CellsBelow = ReadonlyMap<string, Readonly<Record<string, readonly UnitCell[]>>>;

/** Units a warning names; the rest is counted. */
const MOST_NAMES = 10;

/**
 * Reads what units below have sent of the same report for the cells of fixed rows that add up (`rollUp`). A cell counts only
 * where the form it was sent by lets it add up too.
 */
export async function readCellsBelow(
  ctx: ReportContext,
  report: ReportDefinition,
  units: readonly UnitVersion[],
  period: ReportPeriod,
): Promise<CellsBelow> {
  const wanted = addedRows(report);
  if (wanted.length === 0 || units.length === 0) return new Map();
  const sent = await listSentRows(
    ctx.db,
    report.id,
    units.map((unit) => unit.unitId),
    period,
    wanted.map((row) => row.id),
  );
  const forms = new Map<string | null, ReportDefinition | undefined>();
  for (const one of sent) if (!forms.has(one.formId)) forms.set(one.formId, await definitionOf(ctx.db, one));
  const ofUnit = new Map(sent.map((one) => [one.unitId, one]));
  const cellOf = ({ unitId, name }: UnitVersion, rowId: string, no: string): UnitCell => {
    const found = ofUnit.get(unitId);
    if (!found) return { unitId, name, value: null };
    const from = { id: found.id, no: found.no };
    return { unitId, name, from, value: adds(forms.get(found.formId), rowId, no) ? numberIn(found, rowId, no) : null };
  };
  return new Map(
    wanted.map(({ id, rollUp = [] }) => [
      id,
      Object.fromEntries(rollUp.map((no) => [no, units.map((unit) => cellOf(unit, id, no))])),
    ]),
  );
}

const addedRows = ({ rows }: ReportDefinition) =>
  rows.by === 'fixed' ? rows.list.filter((row) => (row.rollUp ?? []).length > 0) : [];

const adds = (form: ReportDefinition | undefined, rowId: string, no: string): boolean =>
  form !== undefined && addedRows(form).some((row) => row.id === rowId && row.rollUp?.includes(no));

function numberIn({ rows }: SentRows, rowId: string, no: string): number | null {
  const value = rows[rowId]?.[no];
  return typeof value === 'number' ? value : null;
}

/** Which units below are not in the sums; undefined where all are, or nothing is added up. */
export function saysUnsent(cells: CellsBelow): string | undefined {
  const [units = []] = [...cells.values()].flatMap((row) => Object.values(row));
  const missing = units.filter((unit) => !unit.from).map((unit) => unit.name);
  if (missing.length === 0) return undefined;
  const names = missing.slice(0, MOST_NAMES).join(', ');
  const more = missing.length - MOST_NAMES;
  const told = { count: missing.length, expected: units.length, names };
  return more > 0 ? words('reports.sums.unsent-many', { ...told, more }) : words('reports.sums.unsent', told);
}
