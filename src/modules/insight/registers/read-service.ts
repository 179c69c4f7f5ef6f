import { type Actor, holds } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { foldVietnamese } from '../../../core/text/fold.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { allRegisters } from './content.ts';
import { EDIT, ENTER, type RegisterContext, requirePeriod, requireRegister, visibleUnits } from './context.ts';
import type * as contract from './contract.ts';
import { askedPeriod, entryLateDays, periodsUntil, type RegisterPeriod } from './rules/period.ts';
import type { RegisterDefinition } from './rules/register.ts';
import { measureOf, type RollUpNode } from './rules/roll-up.ts';
import { sameValues } from './rules/values.ts';
import * as store from './store.ts';
import { closeDayOf, entersOn, treeDay, treeOf, unitsBelow } from './units.ts';

const PAGE = 50;
/** Periods offered to choose from. */
const PERIODS = 24;
const TREND = 8;
const FREQUENCIES: Readonly<Record<RegisterDefinition['frequency'], string>> = {
  month: 'Hằng tháng',
  quarter: 'Hằng quý',
  year: 'Hằng năm',
  campaign: 'Theo đợt',
  once: 'Một lần',
};

/** What one unit and period of a register holds, line by line; a unit that has nothing is one row without an entry. */
export type RegisterSheet = {
  readonly register: RegisterDefinition;
  readonly period: RegisterPeriod;
  readonly rootId: string;
  readonly day: string;
  readonly directory: UnitDirectory;
  readonly entries: readonly store.Entry[];
  readonly openings: readonly store.Opening[];
  readonly rows: readonly contract.RegisterRow[];
};

/** Administrative units the reader sees, by name; those nobody of hers stands above come first. */
export function rootsOf(actor: Actor, directory: UnitDirectory, day: string): readonly { id: string; name: string }[] {
  const seen = visibleUnits(actor);
  const units = [...seen].flatMap((id) => {
    const unit = directory.unitOn(id, day);
    return unit?.type === 'administrative' ? [{ id, name: unit.name, depth: directory.pathOn(id, day).length }] : [];
  });
  units.sort((a, b) => a.depth - b.depth || a.name.localeCompare(b.name, 'vi'));
  return units.map(({ id, name }) => ({ id, name }));
}

/** The unit asked for, or the first the reader sees. @throws AppError row/missing */
function requireRoot(actor: Actor, wanted: string | undefined, roots: readonly { id: string }[]): string {
  const rootId = wanted ?? roots[0]?.id;
  if (!rootId || !visibleUnits(actor).has(rootId)) throw new AppError('row/missing');
  return rootId;
}

export async function listRegisters(
  ctx: RegisterContext,
  actor: Actor,
  query: QueryOf<typeof contract.listRegisters>,
): Promise<ReplyOf<typeof contract.listRegisters>> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const units = [...rootsOf(actor, directory, today)];
  if (units.length === 0 && query.unitId === undefined) return { units, unitId: null, rows: [] };
  const rootId = requireRoot(actor, query.unitId, units);
  const registers = allRegisters().filter((each) => each.validTo === undefined || each.validTo >= today);
  const rows = [];
  for (const register of registers) {
    const period = askedPeriod(register, today);
    const sheet = period && (await readSheetOf(ctx, actor, register, period, rootId, directory));
    // A register nobody below this unit enters on that day is not shown.
    if (!sheet || sheet.rows.length === 0) continue;
    rows.push({
      ...headOf(register),
      ...progressOf(sheet),
      period: { ...period },
      closed: isClosed(sheet, rootId, today),
    });
  }
  return { units, unitId: rootId, rows };
}

export async function readRegister(
  ctx: RegisterContext,
  actor: Actor,
  id: string,
  query: QueryOf<typeof contract.getRegister>,
): Promise<ReplyOf<typeof contract.getRegister>> {
  const today = dayOf(ctx.clock.now());
  const register = requireRegister(id);
  const directory = await ctx.ports.directory();
  const units = [...rootsOf(actor, directory, today)];
  const rootId = requireRoot(actor, query.unitId, units);
  const periods = periodsUntil(register, today, PERIODS);
  const asked = query.periodId ?? askedPeriod(register, today)?.id ?? '';
  const period = requirePeriod(register, asked, today);
  const sheet = await readSheetOf(ctx, actor, register, period, rootId, directory);
  const wanted = chosen(sheet.rows, query);
  const page = query.page ?? 1;
  const names = await staffNames(
    ctx,
    sheet.openings.map((opening) => opening.by),
  );
  const nameOn = (unitId: string): string => nameOf(directory, unitId, sheet.day);
  const tree = treeOf(directory, rootId, sheet.day, sheet.entries, [period.id]);
  const now = treeOf(directory, rootId, sheet.day, sheet.entries, [period.id], (entry) => entry.current);
  const entering = unitsBelow(directory, rootId, sheet.day).filter(
    (unitId) => holds(actor, ENTER, unitId) && entersOn(directory, register, unitId, sheet.day),
  );
  return {
    ...headOf(register),
    ...progressOf(sheet),
    lineName: register.lineName ?? '',
    fields: register.fields.map((field) => ({
      key: field.key,
      label: field.label,
      type: field.type,
      unit: field.unit ?? (field.type === 'percent' ? '%' : ''),
      hint: field.hint ?? '',
      required: field.required ?? false,
      computed: field.formula !== undefined,
      choices: [...(field.choices ?? [])],
    })),
    units,
    unitId: rootId,
    unitName: nameOn(rootId),
    periods: periods.map((each) => ({ ...each })),
    period: { ...period },
    closed: isClosed(sheet, rootId, today),
    mayOpen: holds(actor, EDIT, rootId) && today > period.close,
    entering: entering.map((unitId) => ({ id: unitId, name: nameOn(unitId) })),
    measures: register.measures.map((measure) => {
      const figure = measureOf(register, measure, tree);
      const corrected = measureOf(register, measure, now);
      const same = JSON.stringify(figure) === JSON.stringify(corrected);
      return { id: measure.id, name: measure.name, unit: measure.unit, figure, corrected: same ? null : corrected };
    }),
    differences: differencesOf(sheet, tree, visibleUnits(actor)),
    openings: sheet.openings.map((opening) => ({
      unitName: nameOn(opening.unitId),
      untilDay: opening.untilDay,
      reason: opening.reason,
      at: toIso(opening.at),
      by: names(opening.by),
    })),
    rows: wanted.slice((page - 1) * PAGE, page * PAGE),
    total: wanted.length,
    pageSize: PAGE,
  };
}

/** A measure over the last periods, oldest first: of the unit with all below, and of each unit directly below it. */
export async function readTrend(
  ctx: RegisterContext,
  actor: Actor,
  id: string,
  query: QueryOf<typeof contract.getRegisterTrend>,
): Promise<ReplyOf<typeof contract.getRegisterTrend>> {
  const today = dayOf(ctx.clock.now());
  const register = requireRegister(id);
  const directory = await ctx.ports.directory();
  const rootId = requireRoot(actor, query.unitId, rootsOf(actor, directory, today));
  const measure = register.measures.find((each) => each.id === query.measure) ?? register.measures[0];
  if (!measure) throw new AppError('row/missing');
  const asked = [...periodsUntil(register, today, TREND)];
  const periods = register.rounds ? asked : asked.reverse();
  const unitIds = unitsBelow(directory, rootId, today);
  const ids = periods.map((period) => period.id);
  const entries = await store.listEntries(ctx.db, [register.id], unitIds, ids);
  const seen = visibleUnits(actor);
  const children = directory
    .childrenOn(rootId, today)
    .filter((child) => child.type === 'administrative' && seen.has(child.unitId));
  const rows = [rootId, ...children.map((child) => child.unitId)].map((unitId) => ({
    unitId,
    unitName: nameOf(directory, unitId, today),
    cells: ids.map((periodId) => measureOf(register, measure, treeOf(directory, unitId, today, entries, [periodId]))),
  }));
  const { name, unit } = measure;
  return {
    measure: { id: measure.id, name, unit },
    periods: periods.map((each) => ({ id: each.id, name: each.name })),
    rows,
  };
}

/** One line with every version and its evidence. @throws AppError row/missing */
export async function readEntry(
  ctx: RegisterContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getRegisterEntry>> {
  const entry = await requireEntry(ctx, actor, id);
  const register = requireRegister(entry.registerId);
  const [versions, files, directory] = await Promise.all([
    store.listVersions(ctx.db, id),
    ctx.ports.files.listOf(ctx.db, evidenceOwner(id)),
    ctx.ports.directory(),
  ]);
  const names = await staffNames(ctx, [...versions.map((each) => each.by), ...files.map((file) => file.createdBy)]);
  const today = dayOf(ctx.clock.now());
  const period = requirePeriod(register, entry.periodId, today);
  return {
    id,
    registerId: register.id,
    unitName: nameOf(directory, entry.unitId, treeDay(period, today)),
    periodName: period.name,
    mayEnter: holds(actor, ENTER, entry.unitId),
    versions: versions.map(({ no, content, isCounted, origin, reason, evidence, at, by }) => ({
      no,
      values: content,
      counted: isCounted,
      origin,
      reason,
      evidence,
      at: toIso(at),
      by: names(by),
    })),
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      size: file.size,
      at: toIso(file.createdAt),
      by: names(file.createdBy),
    })),
  };
}

export const evidenceOwner = (entryId: string) => ({ type: 'register-entry', id: entryId });

/** An entry of a unit the reader sees. @throws AppError row/missing */
export async function requireEntry(ctx: RegisterContext, actor: Actor, id: string): Promise<store.Entry> {
  const entry = await store.findEntry(ctx.db, [...visibleUnits(actor)], id);
  if (!entry) throw new AppError('row/missing');
  return entry;
}

/** Everything of a register in a period below a unit: a row a line, and one for each unit that has nothing. */
export async function readSheetOf(
  ctx: RegisterContext,
  actor: Actor,
  register: RegisterDefinition,
  period: RegisterPeriod,
  rootId: string,
  directory: UnitDirectory,
): Promise<RegisterSheet> {
  const today = dayOf(ctx.clock.now());
  const day = treeDay(period, today);
  const unitIds = unitsBelow(directory, rootId, day);
  const [entries, openings] = await Promise.all([
    store.listEntries(ctx.db, [register.id], unitIds, [period.id]),
    store.listOpenings(ctx.db, [register.id], [period.id]),
  ]);
  const seen = visibleUnits(actor);
  const byUnit = Map.groupBy(entries, (entry) => entry.unitId);
  // What came only after the closing does not count: the unit is still missing.
  const counting = new Set(entries.filter((entry) => entry.counted !== null).map((entry) => entry.unitId));
  const needed = neededUnits(register, directory, rootId, day, counting);
  const rows = unitIds.flatMap((unitId): contract.RegisterRow[] => {
    // What was taken out before the closing is as if it had never been.
    const own = (byUnit.get(unitId) ?? []).filter((entry) => entry.counted !== null || entry.current !== null);
    const base = {
      unitId,
      unitName: nameOf(directory, unitId, day),
      mayEnter: holds(actor, ENTER, unitId) && entersOn(directory, register, unitId, day),
    };
    // Nobody reads beyond her units, whatever the tree.
    if (!seen.has(unitId)) return [];
    if (own.length > 0)
      return own.map((entry) => ({ ...base, ...entryRow(register, entry), missing: needed.has(unitId) }));
    if (!entersOn(directory, register, unitId, day)) return [];
    return [{ ...base, ...nothingOf(period, today, needed.has(unitId)) }];
  });
  return {
    register,
    period,
    rootId,
    day,
    directory,
    entries,
    openings: openingsFor(directory, openings, rootId, unitIds, day),
    rows,
  };
}

function entryRow(register: RegisterDefinition, entry: store.Entry) {
  const differs = !sameValues(register, entry.counted, entry.current);
  return {
    entryId: entry.id,
    version: entry.version,
    values: entry.counted,
    corrected: differs ? entry.current : null,
    removed: entry.current === null,
    lateDays: entry.lateDays,
    changedAt: toIso(entry.changedAt),
  };
}

function nothingOf(period: RegisterPeriod, today: string, missing: boolean) {
  return {
    entryId: null,
    version: 0,
    values: null,
    corrected: null,
    removed: false,
    missing,
    lateDays: missing ? entryLateDays(period, null, today) : null,
    changedAt: null,
  };
}

/** Units whose figures are missing: in a register whose parents may answer for all, only where nobody above has. */
function neededUnits(
  register: RegisterDefinition,
  directory: UnitDirectory,
  rootId: string,
  day: string,
  entered: ReadonlySet<string>,
): ReadonlySet<string> {
  const needed = new Set<string>();
  /** @returns whether any unit here or below enters at all */
  const walk = (unitId: string, covered: boolean): boolean => {
    const here = covered || (register.tree === 'whole' && entered.has(unitId));
    const children = directory.childrenOn(unitId, day).filter((child) => child.type === 'administrative');
    const below = children.map((child) => walk(child.unitId, here)).some(Boolean);
    const enters = entersOn(directory, register, unitId, day);
    const answeredBelow = register.tree === 'whole' && below;
    if (enters && !here && !answeredBelow && !entered.has(unitId)) needed.add(unitId);
    return enters || below;
  };
  walk(rootId, false);
  return needed;
}

function openingsFor(
  directory: UnitDirectory,
  openings: readonly store.Opening[],
  rootId: string,
  unitIds: readonly string[],
  day: string,
): readonly store.Opening[] {
  const near = new Set([...unitIds, ...directory.pathOn(rootId, day).map((unit) => unit.unitId)]);
  return openings.filter((opening) => near.has(opening.unitId));
}

/** What a unit entered for all below, beside what those below have entered together. */
function differencesOf(
  { register, directory, day }: RegisterSheet,
  tree: RollUpNode,
  seen: ReadonlySet<string>,
): { unitName: string; measureName: string; own: number; below: number }[] {
  if (register.tree !== 'whole') return [];
  const found: { unitName: string; measureName: string; own: number; below: number }[] = [];
  const walk = (node: RollUpNode): void => {
    if (!seen.has(node.unitId)) return;
    for (const measure of register.measures) {
      const own = measureOf(register, measure, { ...node, below: [] });
      const below = measureOf(register, measure, { ...node, lines: [] });
      if (own && below && own.numerator !== below.numerator)
        found.push({
          unitName: nameOf(directory, node.unitId, day),
          measureName: measure.name,
          own: own.numerator,
          below: below.numerator,
        });
    }
    node.below.forEach(walk);
  };
  walk(tree);
  return found.slice(0, 50);
}

function chosen(
  rows: readonly contract.RegisterRow[],
  query: QueryOf<typeof contract.getRegister>,
): contract.RegisterRow[] {
  const q = foldVietnamese(query.q ?? '');
  const kept = rows.filter((row) => {
    const texts = Object.values(row.values ?? {}).filter((value) => typeof value === 'string');
    return isOf(row, query.only) && (q === '' || foldVietnamese([row.unitName, ...texts].join(' ')).includes(q));
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

function progressOf({ rows }: RegisterSheet) {
  const units = Map.groupBy(
    rows.filter((row) => row.missing || row.entryId !== null),
    (row) => row.unitId,
  );
  const lines = [...units.values()];
  const missing = lines.filter((own) => own.some((row) => row.missing)).length;
  const late = lines.filter((own) => own.some((row) => (row.lateDays ?? 0) > 0)).length;
  return { expected: units.size, entered: units.size - missing, missing, late };
}

function isClosed({ directory, period, openings, day }: RegisterSheet, unitId: string, today: string): boolean {
  return today > closeDayOf(directory, period, openings, unitId, day);
}

function headOf(register: RegisterDefinition) {
  return {
    id: register.id,
    name: register.name,
    shape: register.shape,
    who: register.enteredBy.who,
    frequency: FREQUENCIES[register.frequency],
    source: register.source,
    verified: register.verified,
    doubt: register.doubt ?? '',
  };
}

const nameOf = (directory: UnitDirectory, unitId: string, day: string): string =>
  (directory.unitOn(unitId, day) ?? directory.historyOf(unitId).at(-1))?.name ?? '';

async function staffNames(ctx: RegisterContext, refs: readonly string[]): Promise<(ref: string) => string> {
  const ids = refs.flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice(6)] : []));
  const names = await ctx.ports.staffNames([...new Set(ids)]);
  return (ref) => names.get(ref.slice(6))?.name ?? 'Hệ thống';
}
