import { type Actor, holds } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { withoutAsidesAhead } from '../../../core/text/aside.ts';
import { type Day, dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { registersOn } from './catalogue.ts';
import { EDIT, type RegisterContext, requirePeriod, requireRegister, visibleUnits } from './context.ts';
import type * as contract from './contract.ts';
import { staffNames } from './entry-reading.ts';
import { endedBelow, heirsOf, inherited } from './heirs.ts';
import { openResults } from './results-service.ts';
import { chosen, progressOf } from './row-choice.ts';
import { askedPeriod, periodsUntil, versionWith } from './rules/period.ts';
import type { Register, RegisterDefinition, RegisterValues } from './rules/register.ts';
import { measureOf, type RollUpNode } from './rules/roll-up.ts';
import { differencesOf, isClosed, readSheetOf, readSheetsOf, type SheetPlace } from './sheet-rows.ts';
import * as store from './store.ts';
import { linesOf, treeDay, treeOf, unitsBelow, unitsEntering } from './units.ts';

const PAGE = 50;
/** Periods offered to choose from. */
const PERIODS = 24;
const TREND = 8;
const byName = new Intl.Collator('vi');

/** Administrative units the reader sees, by name; those nobody of hers stands above come first. */
function rootsOf(actor: Actor, directory: UnitDirectory, day: string): readonly { id: string; name: string }[] {
  const seen = visibleUnits(actor);
  const units = [...seen].flatMap((id) => {
    const unit = directory.unitOn(id, day);
    return unit?.type === 'administrative' ? [{ id, name: unit.name, depth: directory.pathOn(id, day).length }] : [];
  });
  units.sort((a, b) => a.depth - b.depth || byName.compare(a.name, b.name));
  return units.map(({ id, name }) => ({ id, name }));
}

/** The unit asked for, or the first the reader sees. @throws AppError row/missing */
function requireRoot(actor: Actor, wanted: string | undefined, roots: readonly { id: string }[]): string {
  const rootId = wanted ?? roots[0]?.id;
  if (!rootId || !visibleUnits(actor).has(rootId)) throw new AppError('row/missing');
  return rootId;
}

/** Of a register, where it is asked on the day that was looked at last. */
const askedOn = new WeakMap<Register, { readonly today: Day; readonly place: SheetPlace | undefined }>();

/** A register in the period people are asked about; undefined where it is no longer in use. */
function placeAsked(register: Register, today: Day): SheetPlace | undefined {
  const known = askedOn.get(register);
  if (known?.today === today) return known.place;
  const period = askedPeriod(register, today);
  // The last period of a register that ended is still entered, until it is closed.
  const inUse = period && (register.validTo === undefined || register.validTo >= today || period.close >= today);
  const place = inUse ? { register: versionWith(register, period.id) ?? register, period } : undefined;
  askedOn.set(register, { today, place });
  return place;
}

/** Registers in use, each in the period people are asked about. */
async function placesAsked(ctx: RegisterContext, today: Day): Promise<readonly SheetPlace[]> {
  const registers = await registersOn(ctx.db, today);
  return registers.flatMap((register) => placeAsked(register, today) ?? []);
}

/**
 * Registers whose deadline is over and of which the unit or one below it has not entered its figures, the longest overdue
 * first; for pages of other modules. @throws AppError row/missing
 */
export async function listOverdueRegisters(
  ctx: RegisterContext,
  actor: Actor,
  unitId: string,
): Promise<readonly { readonly name: string; readonly deadline: Day }[]> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const rootId = requireRoot(actor, unitId, []);
  const places = (await placesAsked(ctx, today)).filter(({ period }) => period.deadline < today);
  const sheets = await readSheetsOf(ctx, actor, places, rootId, directory);
  return sheets
    .filter((sheet) => progressOf(sheet).missing > 0)
    .map(({ register, period }) => ({ name: register.name, deadline: period.deadline }))
    .sort((a, b) => (a.deadline < b.deadline ? -1 : 1));
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
  const sheets = await readSheetsOf(ctx, actor, await placesAsked(ctx, today), rootId, directory);
  // A register nobody below this unit enters on that day is not shown.
  const shown = sheets.filter((sheet) => sheet.rows.length > 0);
  const rows = shown.map((sheet) => ({
    ...headOf(sheet.register, today),
    ...progressOf(sheet),
    period: { ...sheet.period },
    closed: isClosed(sheet, rootId, today),
  }));
  return { units, unitId: rootId, rows };
}

export async function readRegister(
  ctx: RegisterContext,
  actor: Actor,
  id: string,
  query: QueryOf<typeof contract.getRegister>,
): Promise<ReplyOf<typeof contract.getRegister>> {
  const today = dayOf(ctx.clock.now());
  const book = await requireRegister(ctx, id, today);
  const directory = await ctx.ports.directory();
  const units = [...rootsOf(actor, directory, today)];
  const rootId = requireRoot(actor, query.unitId, units);
  const periods = periodsUntil(book, today, PERIODS);
  const asked = query.periodId ?? askedPeriod(book, today)?.id;
  if (asked === undefined)
    throw new AppError('registers/future', { params: { period: `${words('registers.register')} “${book.name}”` } });
  const period = requirePeriod(book, asked, today);
  const register = versionWith(book, period.id) ?? book;
  const sheet = await readSheetOf(ctx, actor, { register, period }, rootId, directory);
  const wanted = chosen(sheet.rows, query);
  const page = query.page ?? 1;
  const rows = wanted.slice((page - 1) * PAGE, page * PAGE);
  const names = await staffNames(
    ctx,
    sheet.openings.map((opening) => opening.by),
  );
  const nameOn = (unitId: string): string => unitNameOn(directory, unitId, sheet.day);
  const treeBy = (take: (entry: store.Entry) => RegisterValues | null): RollUpNode => {
    const lines = linesOf(inherited(register, sheet.entries, sheet.heirs, take), take);
    return treeOf(directory, rootId, sheet.day, lines, [period.id], endedBelow(sheet.heirs));
  };
  const tree = treeBy((entry) => entry.counted);
  const now = treeBy((entry) => entry.current);
  const entering = unitsEntering(directory, actor, register, rootId, sheet.day);
  return {
    ...headOf(register, today),
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
    results: await openResults(
      ctx,
      actor,
      register,
      rows.flatMap((row) => [row.values, row.corrected]),
    ),
    rows,
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
  const register = await requireRegister(ctx, id, today);
  const directory = await ctx.ports.directory();
  const rootId = requireRoot(actor, query.unitId, rootsOf(actor, directory, today));
  const measure = register.measures.find((each) => each.id === query.measure) ?? register.measures[0];
  if (!measure) throw new AppError('row/missing');
  const asked = [...periodsUntil(register, today, TREND)];
  const periods = register.rounds ? asked : asked.reverse();
  const seen = visibleUnits(actor);
  const children = directory
    .childrenOn(rootId, today)
    .filter((child) => child.type === 'administrative' && seen.has(child.unitId));
  const shown = [rootId, ...children.map((child) => child.unitId)];
  // Each period by its own tree, as the register shows it: units that are no more stood in it then.
  const at = periods.map(({ id: periodId, from, to }) => {
    const day = treeDay({ to }, today);
    const units = new Set(shown.flatMap((unitId) => unitsBelow(directory, unitId, day)));
    return { periodId, day, units, heirs: heirsOf(directory, register, from, day, units) };
  });
  const unitIds = new Set(at.flatMap(({ units, heirs }) => [...units, ...heirs.keys()]));
  const entries = await store.listEntries(
    ctx.db,
    [register.id],
    [...unitIds],
    periods.map((period) => period.id),
  );
  const by = at.map(({ periodId, day, heirs }) => {
    const version = versionWith(register, periodId) ?? register;
    const ofPeriod = entries.filter((entry) => entry.periodId === periodId);
    return { periodId, day, version, lines: linesOf(inherited(version, ofPeriod, heirs)), ended: endedBelow(heirs) };
  });
  const rows = shown.map((unitId) => ({
    unitId,
    unitName: unitNameOn(directory, unitId, today),
    cells: by.map(({ periodId, day, version, lines, ended }) => {
      const own = version.measures.find((each) => each.id === measure.id);
      return own && directory.unitOn(unitId, day)
        ? measureOf(version, own, treeOf(directory, unitId, day, lines, [periodId], ended))
        : null;
    }),
  }));
  const { name, unit } = measure;
  return {
    measure: { id: measure.id, name, unit },
    periods: periods.map((each) => ({ id: each.id, name: each.name })),
    rows,
  };
}

function headOf(register: RegisterDefinition, today: string) {
  return {
    id: register.id,
    name: register.name,
    shape: register.shape,
    who: withoutAsidesAhead(register.enteredBy.who, today),
    frequency: words(`registers.frequency.${register.frequency}`),
    source: register.source,
    verified: register.verified,
    doubt: register.doubt ?? (register.verified ? '' : words('designer.own-doubt')),
  };
}
