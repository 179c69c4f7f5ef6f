import type { Actor } from '../../../core/access/actor.ts';
import { addDays, dayOf, formatDay } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { type Sheet, type SheetColumn, writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { type RegisterContext, requirePlace, visibleUnits } from './context.ts';
import type { RegisterRow } from './contract.ts';
import { offeredResults } from './results-service.ts';
import type { RegisterPeriod } from './rules/period.ts';
import {
  fieldTitle,
  type RegisterDefinition,
  type RegisterField,
  type RegisterValue,
  typedFields,
} from './rules/register.ts';
import { readResult, resultFields, resultInCell } from './rules/result.ts';
import { type RegisterSheet, readSheetOf } from './sheet-rows.ts';
import { unitsBelow, unitsEntering } from './units.ts';

/** Empty lines a template of a list offers for each unit. */
const SPARE_LINES = 10;

/** Titles of a template's columns: the unit, then what is typed. */
export function templateTitles(register: RegisterDefinition): readonly string[] {
  return [...unitColumns.map(({ title }) => title), ...typedFields(register).map(titleOf)];
}

const titleOf = (field: RegisterField): string =>
  fieldTitle(field.label, field.unit ?? (field.type === 'percent' ? '%' : ''));

/** The code by which a unit is named in a file: of the statistical office, else the id. */
export const codeOf = (directory: UnitDirectory, unitId: string, day: string): string =>
  directory.codeOn(unitId, 'gso', day) ?? unitId;

type Wish = { readonly unitId?: string | undefined; readonly periodId?: string | undefined };

/** A workbook to fill in: the units the actor enters for, with what stands there now. @throws AppError row/missing where there are none */
export async function templateOf(
  ctx: RegisterContext,
  actor: Actor,
  registerId: string,
  wish: Wish,
): Promise<{ name: `${string}.xlsx`; bytes: Uint8Array }> {
  const { register, period, sheet } = await open(ctx, actor, registerId, wish);
  const units = unitsEntering(sheet.directory, actor, register, sheet.rootId, sheet.day);
  if (units.length === 0) throw new AppError('row/missing');
  const fields = typedFields(register);
  const rows = units.flatMap((unitId) => {
    const own = sheet.rows.filter((row) => row.unitId === unitId && row.entryId !== null && !row.removed);
    const unit = [codeOf(sheet.directory, unitId, sheet.day), unitNameOn(sheet.directory, unitId, sheet.day)];
    const lines = own.map((row) => [
      ...unit,
      ...fields.map((field) => shown(field, (row.corrected ?? row.values)?.[field.key])),
    ]);
    const spare = register.shape === 'list' ? SPARE_LINES : own.length === 0 ? 1 : 0;
    return [...lines, ...Array.from({ length: spare }, () => unit)];
  });
  const bytes = await writeSheets([
    {
      name: register.name,
      columns: [...unitColumns, ...fields.map(columnOf)],
      rows,
      notes: [...notesOf(register, period), words('registers.sheet.template-note')],
      keep: unitColumns.length,
    },
    ...(await resultSheet(ctx, actor, register, units, sheet)),
  ]);
  return { name: `mau-${register.id}-${period.id}.xlsx`, bytes };
}

/** Beside a register whose lines refer to results: what they may refer to, to be copied. */
async function resultSheet(
  ctx: RegisterContext,
  actor: Actor,
  register: RegisterDefinition,
  entering: readonly string[],
  { directory, day }: Pick<RegisterSheet, 'directory' | 'day'>,
): Promise<readonly Sheet[]> {
  const [field] = resultFields(register);
  if (!field) return [];
  const unitIds = new Set(entering.flatMap((unitId) => unitsBelow(directory, unitId, day)));
  const offered = await offeredResults(ctx, actor, [...unitIds]);
  return [
    {
      name: field.label,
      columns: [{ title: words('registers.result.copy', { field: field.label }), format: 'text', width: 110 }],
      rows: offered.map((result) => [resultInCell(result)]),
    },
  ];
}

/** What the register holds for the period: what counts, the computed columns, late marks and corrections beside. */
export async function exportOf(
  ctx: RegisterContext,
  actor: Actor,
  registerId: string,
  wish: Wish,
): Promise<{ name: `${string}.xlsx`; bytes: Uint8Array }> {
  const { register, period, sheet } = await open(ctx, actor, registerId, wish);
  const columns: SheetColumn[] = [
    ...unitColumns,
    ...register.fields.map(columnOf),
    { title: words('registers.sheet.state'), format: 'text', width: 24 },
    { title: words('registers.sheet.late'), format: 'integer' },
  ];
  const line = (row: RegisterRow, values: RegisterRow['values'], state: string): unknown[] => [
    codeOf(sheet.directory, row.unitId, row.former ? addDays(row.former.since, -1) : sheet.day),
    row.unitName,
    ...register.fields.map((field) => shown(field, values?.[field.key])),
    state,
    row.lateDays,
  ];
  const rows = sheet.rows.flatMap((row) => {
    if (row.entryId === null) return row.missing ? [line(row, null, words('registers.sheet.missing'))] : [];
    const told = (key: string): string =>
      [words(`registers.sheet.${key}`), formerWords(row)].filter(Boolean).join('. ');
    const replaced = row.former?.how === 'replaced';
    const state = told(replaced ? 'not-counted' : row.removed ? 'counted-removed' : 'counted');
    const counted = row.values ? [line(row, row.values, state)] : [];
    const beside = row.corrected ? [line(row, row.corrected, told('corrected'))] : [];
    return [...counted, ...beside];
  });
  const bytes = await writeSheets([
    { name: register.name, columns, rows, notes: notesOf(register, period), keep: unitColumns.length },
  ]);
  return { name: `${register.id}-${period.id}.xlsx`, bytes };
}

/** Of a unit that ceased within the period: with which one it counts; empty for all others. */
function formerWords({ former }: RegisterRow): string {
  if (!former) return '';
  return words(`registers.former.${former.how}`, { unit: former.unitName, day: formatDay(former.since) });
}

async function open(ctx: RegisterContext, actor: Actor, registerId: string, wish: Wish) {
  const today = dayOf(ctx.clock.now());
  const { register, period } = await requirePlace(ctx, registerId, wish.periodId ?? '', today);
  if (!wish.unitId || !visibleUnits(actor).has(wish.unitId)) throw new AppError('row/missing');
  const directory = await ctx.ports.directory();
  const sheet = await readSheetOf(ctx, actor, { register, period }, wish.unitId, directory);
  return { register, period, sheet };
}

const unitColumns: SheetColumn[] = [
  { title: 'Mã đơn vị', format: 'text', width: 12 },
  { title: 'Đơn vị', format: 'text', width: 30 },
];

/** How the note of a period begins. */
export const periodNote = (name: string): string =>
  words('registers.sheet.period', { period: `${name}\n`, deadline: '', close: '' }).split('\n')[0] ?? '';

const notesOf = (register: RegisterDefinition, period: RegisterPeriod): string[] => [
  register.name,
  words('registers.sheet.period', {
    period: period.name,
    deadline: formatDay(period.deadline),
    close: formatDay(period.close),
  }),
];

function columnOf(field: RegisterField): SheetColumn {
  const title = titleOf(field);
  const width = Math.min(40, Math.max(14, Math.ceil(title.length / 2)));
  switch (field.type) {
    case 'number':
      return { title, width, format: (field.places ?? 0) === 0 ? 'integer' : 'number' };
    case 'percent':
      return { title, width, format: 'percent' };
    case 'day':
      return { title, width, format: 'day' };
    case 'choice':
      return { title, width, format: 'text', choices: (field.choices ?? []).map((choice) => choice.label) };
    case 'result':
      return { title, width: 60, format: 'text' };
    case 'text':
      return { title, width: 30, format: 'text' };
  }
}

function shown(field: RegisterField, value: RegisterValue | undefined): RegisterValue {
  if (field.type === 'choice') return field.choices?.find((choice) => choice.code === value)?.label ?? null;
  const result = field.type === 'result' ? readResult(value) : undefined;
  return result ? resultInCell(result) : (value ?? null);
}

/** A template as units would get it, with one line of an imagined unit: to look at before the register is in use. */
export function sampleTemplate(register: RegisterDefinition): Promise<Uint8Array> {
  const columns = [...unitColumns, ...typedFields(register).map(columnOf)];
  const notes = [register.name, words('registers.sheet.template-note')];
  const rows = [['00000', words('designer.sample-unit')]];
  return writeSheets([{ name: register.name, columns, rows, notes }]);
}
