import type { UnitVersion } from '../../foundation/organisation/index.ts';
import { registersOn } from '../registers/index.ts';
import { knownRegisters } from './content.ts';
import type { ReportContext } from './context.ts';
import type { ReportDefinition } from './rules/form.ts';
import type { ReportPeriod } from './rules/period.ts';
import { type CellSource, endsOf, type Source } from './rules/source.ts';

/** What registers say for a report: row id → column number → what was found. */
export type RegisterCells = ReadonlyMap<string, Readonly<Record<string, CellSource>>>;

type Wanted = { readonly rowId: string; readonly no: string; readonly source: Source; readonly unitId: string };

/**
 * Asks the registers for every cell that comes from one. In a form with a row for each unit the unit's own row takes what it
 * has entered itself, and a unit below with everything below it, so that nothing is counted twice.
 * @param rootsOf the administrative units whose entries count for a row's unit: itself and those merged into it meanwhile
 */
export async function readRegisterCells(
  ctx: ReportContext,
  report: ReportDefinition,
  unit: UnitVersion,
  children: readonly UnitVersion[],
  period: ReportPeriod,
  rootsOf: (unitId: string) => readonly string[],
): Promise<RegisterCells> {
  const wanted = cellsOf(report, unit, children);
  if (wanted.length === 0) return new Map();
  const known = knownRegisters(await registersOn(ctx.db, period.to));
  const answers = await ctx.ports.registerFigures(
    wanted.map(({ source, unitId }) => ({
      register: source.register,
      measure: source.measure,
      unitIds: rootsOf(unitId),
      reach: source.reach ?? 'tree',
      ends: endsOf(source, period),
    })),
  );
  const cells = new Map<string, Record<string, CellSource>>();
  for (const [at, { rowId, no, source, unitId }] of wanted.entries()) {
    const answer = answers[at];
    const register = known.find((one) => one.id === source.register);
    const part = source.part ?? 'value';
    const row = cells.get(rowId) ?? {};
    row[no] = {
      register: source.register,
      registerName: register?.name ?? source.register,
      measure: source.measure,
      measureName: register?.measures.find((one) => one.id === source.measure)?.name ?? source.measure,
      part,
      reach: source.reach ?? 'tree',
      unitId,
      periods: answer?.periods ?? [],
      entered: answer?.entered ?? 0,
      expected: answer?.expected ?? 0,
      value: answer?.[part] ?? null,
      overwrite: source.overwrite ?? false,
      doubt: source.doubt ?? '',
      reason: null,
    };
    cells.set(rowId, row);
  }
  return cells;
}

function cellsOf(report: ReportDefinition, unit: UnitVersion, children: readonly UnitVersion[]): Wanted[] {
  const { rows, columns } = report;
  switch (rows.by) {
    case 'field':
      return [];
    case 'fixed':
      return rows.list.flatMap((row) =>
        Object.entries(row.sources ?? {}).map(([no, source]) => ({ rowId: row.id, no, source, unitId: unit.unitId })),
      );
    case 'unit':
      return columns.flatMap(({ no, source }) => {
        if (!source) return [];
        const below = children.map((child) => ({ rowId: child.unitId, no, source, unitId: child.unitId }));
        const own: Source = { ...source, reach: 'own' };
        return [{ rowId: unit.unitId, no, source: own, unitId: unit.unitId }, ...below];
      });
  }
}
