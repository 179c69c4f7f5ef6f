import { checkStepAllowances } from '../../../../core/working-time/index.ts';
import type { ProcedureDefinition } from '../../../../modules/onestop/procedures/rules/definition.ts';
import { allCircumstances } from '../../../../modules/onestop/procedures/rules/lint-limits.ts';
import {
  allowanceText,
  type Circumstances,
  resolveTimeLimit,
  stepAllowance,
} from '../../../../modules/onestop/procedures/rules/time-limit.ts';

/** A JSON object of a definition; members the editor does not know stay as they are. */
export type Row = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects of a list member; anything else in it is left out of sight. */
export function rowsOf(definition: Row, member: string): readonly Row[] {
  const list: unknown = definition[member];
  return Array.isArray(list) ? list.filter(isRow) : [];
}

/** The record with a member set by a dotted path (`field.name`); `undefined` takes it away. */
export function withMember(row: Row, path: string, value: unknown): Row {
  const [head = '', ...rest] = path.split('.');
  const child = row[head];
  const next = rest.length === 0 ? value : withMember(isRow(child) ? child : {}, rest.join('.'), value);
  if (next === undefined) {
    const { [head]: _, ...others } = row;
    return others;
  }
  return { ...row, [head]: next };
}

export function memberOf(row: Row, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRow(value) ? value[key] : undefined), row);
}

/** One row moved a place up (`-1`) or down (`1`); at an end nothing moves. */
export function moved(rows: readonly Row[], index: number, by: -1 | 1): readonly Row[] {
  const other = index + by;
  const [a, b] = [rows[index], rows[other]];
  if (!a || !b) return rows;
  return rows.map((row, at) => (at === index ? b : at === other ? a : row));
}

/** `/steps/2/allow` → list `steps`, row 2; `/name` → member `name`; `/` → the whole. */
export function placeOf(path: string): { readonly member: string; readonly index: number | undefined } {
  const [, member = '', index] = path.split('/');
  return { member, index: index !== undefined && /^\d+$/.test(index) ? Number(index) : undefined };
}

/** What a row of a list calls itself. */
export function nameOfRow(row: Row | undefined): string {
  for (const key of ['name', 'title', 'id', 'code']) {
    const value = row?.[key];
    if (typeof value === 'string' && value.trim() !== '') return value.length > 60 ? `${value.slice(0, 60)}…` : value;
  }
  return '';
}

/** What the steps add up to under one circumstance, against the limit that holds there. */
export interface StepSum {
  /** Case, area and channel it holds for; undefined: any. */
  at: Circumstances;
  limit: string;
  total: number | undefined;
  ok: boolean;
  message: string;
}

/**
 * The sum of the steps for every circumstance of the draft, alike ones told once. Empty where the draft is not yet of a
 * shape that can be added up: the check on saving says why.
 */
export function stepSums(definition: Row): readonly StepSum[] {
  try {
    return sums(definition as unknown as ProcedureDefinition);
  } catch {
    return [];
  }
}

function sums(definition: ProcedureDefinition): readonly StepSum[] {
  const told = new Map<string, StepSum>();
  for (const at of allCircumstances(definition)) {
    const resolved = resolveTimeLimit(definition, at);
    if (!resolved.ok) continue;
    const limits = resolved.limit.phases ?? (resolved.limit.allow ? [resolved.limit.allow] : []);
    limits.forEach((limit, phase) => {
      const steps = definition.steps.filter((step) => limits.length === 1 || (step.phase ?? 1) === phase + 1);
      const checked = checkStepAllowances(
        steps.map((step) => stepAllowance(step, at)),
        limit,
      );
      const sum: StepSum = {
        at,
        limit: allowanceText(limit),
        total: checked.total,
        ok: checked.ok,
        message: checked.ok ? '' : checked.error.message,
      };
      const key = JSON.stringify([at.caseId, phase, sum.limit, sum.total, sum.message]);
      if (!told.has(key)) told.set(key, sum);
    });
  }
  return [...told.values()];
}
