import { withoutAsidesAhead } from '../../../core/text/aside.ts';
import { type Day, dayOf, formatDay } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { successorsOn, type UnitDirectory, type UnitVersion, unitNameOn } from '../../foundation/organisation/index.ts';
import { readCellsBelow, saysUnsent } from './below-cells.ts';
import type { ReportContext } from './context.ts';
import { type EndedUnit, endedAt, withOffices } from './ended-units.ts';
import { definitionOf, isInForce } from './forms.ts';
import type { FieldCounts } from './ports.ts';
import { type RegisterCells, readRegisterCells } from './register-cells.ts';
import { asksServed } from './rules/cell-counts.ts';
import { type Check, checkSheet } from './rules/check.ts';
import { addCounts, type Counts, NO_COUNTS } from './rules/counts.ts';
import type { ReportDefinition } from './rules/form.ts';
import type { ReportPeriod } from './rules/period.ts';
import {
  type CellReasons,
  type Figure,
  figuresOf,
  fillSheet,
  type ManualCells,
  type RowSource,
  type Sheet,
} from './rules/sheet.ts';
import { listSent, type SentTotal } from './store.ts';
import { administrativeChildren } from './units-below.ts';

/** Something the reader must know beside the figures. */
export type ReportWarning = {
  readonly code: 'period-open' | 'units-changed' | 'units-split' | 'unsent' | 'no-dossiers' | 'registers-unfilled';
  readonly message: string;
};
export type ComputedReport = {
  readonly sheet: Sheet;
  readonly checks: readonly Check[];
  readonly figures: readonly Figure[];
  readonly warnings: readonly ReportWarning[];
  /** False while the period is not over: the figures still move. */
  readonly final: boolean;
  readonly computedAt: Date;
};

/** Registers in which units still owe what this report takes from there. */
function unfilled(cells: RegisterCells): ReportWarning[] {
  const lacking = [...cells.values()]
    .flatMap((row) => Object.values(row))
    .filter(({ entered, expected, periods }) => periods.length === 0 || entered < expected);
  const said = lacking.map(({ registerName, periods, entered, expected }) =>
    periods.length === 0
      ? `Sổ “${registerName}” không có kỳ nào ứng với kỳ báo cáo.`
      : `Sổ “${registerName}”, ${periods.map(({ name }) => name).join(', ')}: ${entered}/${expected} đơn vị đã nhập.`,
  );
  return [...new Set(said)].map((message) => ({ code: 'registers-unfilled', message }));
}

const LEVEL_NAMES: Readonly<Record<string, string>> = { province: 'tỉnh', district: 'huyện', commune: 'xã' };

/**
 * Fills a form for a unit and a period from the dossiers as they now are and from what units below have sent.
 * @throws AppError report/future, report/not-in-force, report/unit-ceased, report/level
 */
export async function computeReport(
  ctx: ReportContext,
  report: ReportDefinition,
  unitId: string,
  period: ReportPeriod,
  manual: ManualCells,
  reasons: CellReasons = {},
): Promise<ComputedReport> {
  const now = ctx.clock.now();
  const directory = await ctx.ports.directory();
  const unit = requireUnit(directory, report, unitId, period, dayOf(now));
  const warnings: ReportWarning[] = [];
  const final = period.to < dayOf(now);
  if (!final)
    warnings.push({
      code: 'period-open',
      message: `Kỳ chưa kết thúc (chốt hết ngày ${formatDay(period.to)}): số liệu tạm tính đến bây giờ.`,
    });
  const { groups, children, ended, told } = unitGroups(directory, report, unitId, period, dayOf(now));
  warnings.push(...told);
  const by = report.rows.by === 'field' ? 'field' : 'unit';
  const rootsOf = (id: string): readonly string[] => withPredecessors(directory, [id], period, ended, warnings);
  const day = treeDay(period, dayOf(now));
  const reporting = administrativeChildren(directory, unitId, day).filter((child) => isReporter(report, child));
  const [found, cells, below] = await Promise.all([
    ctx.ports.countsOf([...new Set([...groups.values()].flat())], period, by, asksServed(report)),
    readRegisterCells(ctx, report, unit, children, period, rootsOf),
    readCellsBelow(ctx, report, reporting, period),
  ]);
  const sent = await takenFrom(ctx, report, children, period, directory, day);
  const names = new Map(
    ended.map((one) => [one.unitId, `${nameOfEnded(directory, one)} (đến ${formatDay(one.lastDay)})`]),
  );
  const counted = rowSources(report, period, unit, children, groups, names, found, sent, warnings);
  const sources = counted.map((source) => ({ ...source, found: cells.get(source.id), below: below.get(source.id) }));
  const sheet = fillSheet(report, sources, manual, reasons);
  warnings.push(...unfilled(cells));
  const unsent = saysUnsent(below);
  if (unsent) warnings.push({ code: 'unsent', message: unsent });
  if (found.length === 0 && sources.every((source) => !source.sent))
    warnings.push({ code: 'no-dossiers', message: 'Trong kỳ không có hồ sơ nào của đơn vị trong hệ thống.' });
  return {
    sheet,
    checks: checkSheet(report, sheet),
    figures: figuresOf(report, sheet, sources[0]?.counts ?? NO_COUNTS),
    warnings,
    final,
    computedAt: now,
  };
}

/**
 * Whose dossiers stand in a report: by row unit the units that count there, of a report by unit also each one below, of
 * fixed rows with everything below where the form says so. The tree is that of the cut-off, with the units merged into these
 * within the period. What was divided or done away with counts where a report speaks of all below: in the row of the unit
 * that stands above all its heirs, or, where that is the reporting one, in a row of its own.
 */
export function unitGroups(
  directory: UnitDirectory,
  report: ReportDefinition,
  unitId: string,
  period: ReportPeriod,
  today: Day,
): {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly children: readonly UnitVersion[];
  readonly ended: readonly EndedUnit[];
  readonly told: readonly ReportWarning[];
} {
  const day = treeDay(period, today);
  const told: ReportWarning[] = [];
  const byUnit = report.rows.by === 'unit';
  const speaksOfAll = byUnit || (report.rows.by === 'fixed' && report.rows.reach === 'tree');
  const children = byUnit ? administrativeChildren(directory, unitId, day) : [];
  const reached = new Map([
    [unitId, directory.reachOn(unitId, speaksOfAll && !byUnit ? 'subtree' : 'authority', day)],
    ...children.map((child) => [child.unitId, directory.reachOn(child.unitId, 'subtree', day)] as const),
  ]);
  const ended = speaksOfAll ? endedAt(directory, [...reached.values()].flat(), day) : [];
  const groups = new Map(
    [...reached].map(([id, units]) => [id, withPredecessors(directory, units, period, ended, told)] as const),
  );
  const counted = new Set([...groups.values()].flat());
  for (const one of ended) {
    const own = withOffices(directory, one).filter((id) => !counted.has(id));
    const [place = unitId] = [...reached].flatMap(([id, units]) => (units.includes(one.placeId) ? [id] : []));
    const row = byUnit && place === unitId ? one.unitId : place;
    groups.set(row, [...(groups.get(row) ?? []), ...own]);
  }
  const lately = ended.filter(({ lastDay }) => lastDay >= period.from);
  if (lately.length > 0)
    told.push({
      code: 'units-changed',
      message: `Thôi hoạt động trong kỳ, không do riêng đơn vị nào kế thừa: ${lately.map((one) => nameOfEnded(directory, one)).join(', ')}; số của các đơn vị này được tính ${byUnit ? 'ở dòng riêng' : 'vào số của cả địa bàn'}.`,
    });
  return { groups, children, ended, told };
}

const nameOfEnded = (directory: UnitDirectory, { unitId, lastDay }: EndedUnit): string =>
  unitNameOn(directory, unitId, lastDay);

const isReporter = ({ levels }: ReportDefinition, unit: UnitVersion): boolean =>
  levels.some((level) => level === unit.level);

/** The tree of units is the one of the cut-off; of a running period today's. */
function treeDay(period: ReportPeriod, today: Day): Day {
  return period.to < today ? period.to : today;
}

/**
 * The unit as it was at the cut-off.
 * @throws AppError report/future, report/not-in-force, report/unit-ceased, report/level
 */
export function requireUnit(
  directory: UnitDirectory,
  report: ReportDefinition,
  unitId: string,
  period: ReportPeriod,
  today: Day,
): UnitVersion {
  if (period.from > today) throw new AppError('report/future', { params: { day: formatDay(period.from) } });
  if (!isInForce(report, period)) throw new AppError('report/not-in-force', { params: { code: report.code } });
  const day = treeDay(period, today);
  const unit = directory.unitOn(unitId, day);
  if (!unit) {
    const heirs = successorsOn(directory, unitId, day).map((each) => each.name);
    const name = unitNameOn(directory, unitId, day);
    const advice = heirs.length > 0 ? `Lập cho đơn vị kế thừa: ${heirs.join(', ')}.` : 'Không có đơn vị kế thừa.';
    throw new AppError('report/unit-ceased', { params: { name, day: formatDay(day), advice } });
  }
  if (!isReporter(report, unit)) {
    const levels = report.levels.map((level) => LEVEL_NAMES[level] ?? level).join(', ');
    throw new AppError('report/level', { params: { code: report.code, levels } });
  }
  return unit;
}

/**
 * Units merged into these within the period count with them; a split cannot be told apart and is only named.
 * @param ended units that were divided and count elsewhere
 */
function withPredecessors(
  directory: UnitDirectory,
  unitIds: readonly string[],
  period: ReportPeriod,
  ended: readonly EndedUnit[],
  warnings: ReportWarning[],
): readonly string[] {
  const elsewhere = new Set(ended.map((one) => one.unitId));
  const all = new Set(unitIds);
  const within = directory.successions.filter((each) => each.date > period.from && each.date <= period.to);
  // A Set grows while it is walked: predecessors of predecessors come too.
  for (const id of all) {
    for (const change of within) {
      if (!change.to.includes(id)) continue;
      const name = directory.unitOn(id, change.date)?.name ?? '';
      const single = change.to.length === 1 && !change.partial;
      if (single) for (const from of change.from) all.add(from);
      else if (change.from.every((from) => elsewhere.has(from))) continue;
      const message = single
        ? `${name}: đơn vị thay đổi ngày ${formatDay(change.date)}; số của đơn vị trước được cộng vào.`
        : `${name}: hình thành do chia tách ngày ${formatDay(change.date)}; số trước ngày ấy không tách được nên không tính.`;
      if (!warnings.some((warning) => warning.message === message))
        warnings.push({ code: single ? 'units-changed' : 'units-split', message });
    }
  }
  return [...all];
}

/**
 * What units below have sent, by unit. Of one that has units below itself only a report that speaks of them too: what it
 * reports of its own dossiers would leave them out.
 */
async function takenFrom(
  ctx: ReportContext,
  { rows }: ReportDefinition,
  children: readonly UnitVersion[],
  period: ReportPeriod,
  directory: UnitDirectory,
  day: Day,
): Promise<ReadonlyMap<string, SentTotal>> {
  if (rows.by !== 'unit') return new Map();
  const ids = children.map((child) => child.unitId);
  const single = new Set(ids.filter((id) => administrativeChildren(directory, id, day).length === 0));
  const taken = new Map<string, SentTotal>();
  for (const sent of await listSent(ctx.db, rows.of, ids, period)) {
    if (taken.has(sent.unitId)) continue;
    const own = (await definitionOf(ctx.db, sent))?.rows;
    const speaksOfAll = own?.by === 'unit' || (own?.by === 'fixed' && own.reach === 'tree');
    if (speaksOfAll || single.has(sent.unitId)) taken.set(sent.unitId, sent);
  }
  return taken;
}

function rowSources(
  report: ReportDefinition,
  period: ReportPeriod,
  unit: UnitVersion,
  children: readonly UnitVersion[],
  groups: ReadonlyMap<string, readonly string[]>,
  ended: ReadonlyMap<string, string>,
  found: readonly FieldCounts[],
  sent: ReadonlyMap<string, SentTotal>,
  warnings: ReportWarning[],
): RowSource[] {
  const of = (unitIds: readonly string[] | undefined): Counts =>
    found.filter((row) => unitIds?.includes(row.unitId)).reduce((sum, row) => addCounts(sum, row.counts), NO_COUNTS);
  const rows = report.rows;
  switch (rows.by) {
    case 'field':
      return byField(found);
    case 'fixed': {
      const counts = of(groups.get(unit.unitId));
      return rows.list.map(({ id, label, no, heading, unit: measure }) => {
        const said = withoutAsidesAhead(label, period.to);
        return { id, label: measure ? `${said} (${measure})` : said, no, heading, counts };
      });
    }
    case 'unit': {
      const missing = children.filter((child) => !sent.has(child.unitId));
      if (missing.length > 0)
        warnings.push({
          code: 'unsent',
          message: `${missing.length} đơn vị chưa gửi hoặc đang bị trả lại, số được tính từ hồ sơ trong hệ thống: ${missing.map((child) => child.name).join(', ')}.`,
        });
      return [
        {
          id: unit.unitId,
          label: `Cơ quan ${unit.name.replace(/^\p{Lu}/u, (first) => first.toLocaleLowerCase('vi'))}`,
          counts: of(groups.get(unit.unitId)),
        },
        ...children.map((child): RowSource => {
          const found = sent.get(child.unitId);
          const counts = of(groups.get(child.unitId));
          const base = { id: child.unitId, label: child.name, counts };
          return found ? { ...base, sent: found } : { ...base, unsent: true };
        }),
        // Those that ended stand at the end, where something is counted of them.
        ...[...ended].flatMap(([id, label]): RowSource[] => {
          const counts = of(groups.get(id));
          return Object.values(counts).some((count) => count !== 0) ? [{ id, label, counts, unsent: true }] : [];
        }),
      ];
    }
  }
}

function byField(found: readonly FieldCounts[]): RowSource[] {
  const fields = new Map<string, RowSource>();
  for (const row of found) {
    const known = fields.get(row.fieldCode);
    const counts = known ? addCounts(known.counts, row.counts) : row.counts;
    fields.set(row.fieldCode, { id: row.fieldCode, label: row.fieldName, counts });
  }
  const collator = new Intl.Collator('vi');
  return [...fields.values()].sort((a, b) => collator.compare(a.label, b.label));
}
