import crypto from 'node:crypto';
import type { Actor } from '../../../core/access/actor.ts';
import { foldVietnamese } from '../../../core/text/fold.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { columnName } from '../../../platform/spreadsheet/numbers.ts';
import { readSheet, type SheetRow } from '../../../platform/spreadsheet/read-sheet.ts';
import { filledForAnother, saysNothing } from '../../../platform/spreadsheet/whose-sheet.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { type RegisterContext, requirePlace, visibleUnits } from './context.ts';
import type { ImportReplyType } from './contract.ts';
import { type CellFinding, sheetFindings, valueOfCell } from './import-cells.ts';
import { settleResults } from './results-service.ts';
import { type RegisterDefinition, type RegisterValues, typedFields } from './rules/register.ts';
import { checkValues, lineKeyOf, sameValues } from './rules/values.ts';
import { codeOf, periodNote, templateTitles } from './sheet-service.ts';
import * as store from './store.ts';
import { closeDayOf, treeDay, unitsBelow, unitsEntering } from './units.ts';
import { writeEntry } from './write-entry.ts';

type Line = {
  readonly unitId: string;
  readonly values: RegisterValues;
  readonly known: store.Entry | undefined;
  readonly closed: boolean;
};
/** Findings told at once; a file with more is wrong as a whole. */
const MOST_FINDINGS = 200;

export type ImportWish = {
  readonly unitId: string;
  readonly periodId: string;
  /** What the dry run answered; without it nothing is written. */
  readonly seen?: string | undefined;
  readonly reason: string;
};

/**
 * Reads a filled-in template. Without `seen` it only tells what would happen, cell by cell; with it everything is written in
 * one transaction, or nothing. Lines that say what is there already change nothing, so the same file twice is harmless. A
 * line that is not in the file stays as it is.
 * @throws AppError registers/unknown, registers/period, registers/future, row/missing; with `seen`: registers/sheet (there are
 * findings), dossier/reason-needed, row/stale (something changed since the dry run)
 */
export async function importSheet(
  ctx: RegisterContext,
  actor: Actor,
  registerId: string,
  bytes: Uint8Array,
  wish: ImportWish,
): Promise<ImportReplyType> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const { register, period } = await requirePlace(ctx, registerId, wish.periodId, today);
  if (!visibleUnits(actor).has(wish.unitId)) throw new AppError('row/missing');
  const directory = await ctx.ports.directory();
  const day = treeDay(period, today);
  const units = unitsEntering(directory, actor, register, wish.unitId, day);
  if (units.length === 0) throw new AppError('row/missing');
  const [entries, openings] = await Promise.all([
    store.listEntries(ctx.db, [register.id], units, [period.id]),
    store.listOpenings(ctx.db, [register.id], [period.id]),
  ]);
  const read = await readSheet(bytes, { titles: templateTitles(register) });
  const findings: CellFinding[] = read.ok ? [] : sheetFindings(read.code, read.details);
  const other = filledForAnother(read, periodNote(''), periodNote(`${period.name}.`));
  if (other) findings.push(other);
  if (read.ok) for (const cell of read.beside) findings.push({ cell, message: words('registers.sheet.beside') });
  const typed = read.ok ? readLines(register, read.rows, entryUnits(directory, units, day), entries, findings) : [];
  const settled = await settleResults(
    ctx,
    actor,
    register,
    typed.map((line) => ({ ...line, reach: new Set(unitsBelow(directory, line.unitId, day)) })),
  );
  const fields = typedFields(register);
  const lines = typed.flatMap((line, at) => {
    const one = settled[at];
    if (one?.ok) return [{ ...line, values: one.values }];
    for (const { key, message } of one?.findings ?? []) {
      const column = columnName(fields.findIndex((field) => field.key === key) + 3);
      findings.push({ cell: `${column}${line.row}`, message });
    }
    return [];
  });
  const closed = (unitId: string): boolean => today > closeDayOf(directory, period, openings, unitId, day);
  const plan: Line[] = lines
    .filter((line) => !sameValues(register, line.known?.current ?? null, line.values))
    .map((line) => ({ ...line, closed: closed(line.unitId) }));
  const fresh = plan.filter((line) => line.known === undefined).length;
  const needsReason = plan.some((line) => line.closed || (line.known !== undefined && today > period.deadline));
  const seen = digestOf(plan);
  const outcome = {
    rows: lines.length,
    fresh,
    changed: plan.length - fresh,
    same: lines.length - plan.length,
    needsReason,
    unnamed: saysNothing(read, periodNote('')),
    findings: findings.slice(0, MOST_FINDINGS),
    seen,
    applied: false,
  };
  if (wish.seen === undefined) return outcome;
  if (findings.length > 0) {
    const fields = outcome.findings.map(({ cell, message }) => ({
      path: cell,
      code: 'cell',
      message: `${cell}: ${message}`,
    }));
    throw new AppError('registers/sheet', { fields });
  }
  if (plan.length === 0) return { ...outcome, applied: true };
  if (wish.seen !== seen) throw new AppError('row/stale');
  if (needsReason && wish.reason === '') throw new AppError('dossier/reason-needed');
  return ctx.db.transaction().execute(async (trx) => {
    const note = { origin: 'import', reason: wish.reason, evidence: '', at: now } as const;
    for (const { unitId, known, values, closed: isClosed } of plan)
      await writeEntry(
        trx,
        actor,
        { register, period, unitId, closed: isClosed },
        known,
        known?.version ?? 0,
        values,
        note,
      );
    return { ...outcome, applied: true };
  });
}

/** What is going to be written, over which versions. */
function digestOf(plan: readonly Line[]): string {
  const lines = plan.map(({ unitId, values, known, closed }) => [
    unitId,
    known?.id ?? '',
    known?.version ?? 0,
    closed,
    values,
  ]);
  return crypto.createHash('sha256').update(JSON.stringify(lines)).digest('base64url');
}

type EntryUnits = {
  readonly byCode: ReadonlyMap<string, string>;
  nameOf(unitId: string): string;
  /** Whether a name is that of a unit beside this one and not its own: a line that was pasted to the wrong code. */
  isOfAnother(unitId: string, name: string): boolean;
};

function entryUnits(directory: UnitDirectory, units: readonly string[], day: Day): EntryUnits {
  const nameOf = (unitId: string): string => unitNameOn(directory, unitId, day);
  return {
    byCode: new Map(units.map((unitId) => [codeOf(directory, unitId, day).toLowerCase(), unitId])),
    nameOf,
    isOfAnother: (unitId, name) => {
      const told = foldVietnamese(name).trim();
      if (told === '' || told === foldVietnamese(nameOf(unitId))) return false;
      const beside = directory.childrenOn(directory.unitOn(unitId, day)?.parentId ?? null, day);
      return [...units, ...beside.map((unit) => unit.unitId)].some((id) => foldVietnamese(nameOf(id)) === told);
    },
  };
}

function readLines(
  register: RegisterDefinition,
  rows: readonly SheetRow[],
  units: EntryUnits,
  entries: readonly store.Entry[],
  findings: CellFinding[],
): (Omit<Line, 'closed'> & { readonly row: number })[] {
  const fields = typedFields(register);
  const known = new Map(entries.map((entry) => [`${entry.unitId} ${entry.lineKey}`, entry]));
  const taken = new Map<string, number>();
  return rows.flatMap((row) => {
    const [codeCell, nameCell, ...cells] = row.cells;
    // A prepared line nobody has written on.
    if (cells.every((cell) => cell.kind === 'empty')) return [];
    const at = (column: number): string => `${columnName(column + 1)}${row.number}`;
    const code = codeCell?.kind === 'text' ? codeCell.text : codeCell?.kind === 'number' ? String(codeCell.number) : '';
    // A spreadsheet that took a code for a number has eaten its zeros.
    const unitId = [code, code.padStart(2, '0'), code.padStart(5, '0')]
      .map((each) => units.byCode.get(each.toLowerCase()))
      .find(Boolean);
    if (!unitId) {
      findings.push({
        cell: at(0),
        message: words(code === '' ? 'registers.sheet.no-unit' : 'registers.sheet.unknown-unit', { code }),
      });
      return [];
    }
    if (nameCell?.kind === 'text' && units.isOfAnother(unitId, nameCell.text)) {
      const params = { code, unit: units.nameOf(unitId) };
      findings.push({ cell: at(1), message: words('registers.sheet.other-name', params) });
      return [];
    }
    const faults = findings.length;
    const typed: Record<string, unknown> = {};
    for (const [index, field] of fields.entries()) {
      const value = valueOfCell(field, cells[index] ?? { kind: 'empty' });
      if (value.ok) typed[field.key] = value.value;
      else findings.push({ cell: at(index + 2), message: value.message });
    }
    if (findings.length > faults) return [];
    const checked = checkValues(register, typed);
    if (!checked.ok) {
      for (const { key, message } of checked.findings) {
        const index = fields.findIndex((field) => field.key === key);
        findings.push({ cell: at(index + 2), message });
      }
      return [];
    }
    const place = `${unitId} ${lineKeyOf(register, checked.values)}`;
    const before = taken.get(place);
    if (before !== undefined) {
      findings.push({ cell: at(0), message: words('registers.sheet.twice', { row: before }) });
      return [];
    }
    taken.set(place, row.number);
    return [{ row: row.number, unitId, values: checked.values, known: known.get(place) }];
  });
}
