import { evaluate } from '../../../../core/expressions/expression.ts';
import { isDay } from '../../../../core/time/index.ts';
import {
  expressionOf,
  isNumeric,
  type RegisterDefinition,
  type RegisterField,
  type RegisterValue,
  type RegisterValues,
  typedFields,
} from './register.ts';
import { readResult } from './result.ts';

/** One fault of one field, in words for people. */
export type ValueFinding = { readonly key: string; readonly message: string };
export type CheckedValues =
  /** Typed values of every typed field (null: none) and the computed ones. */
  | { readonly ok: true; readonly values: RegisterValues }
  | { readonly ok: false; readonly findings: readonly ValueFinding[] };

/** Beyond it a number is a slip of the hand, and sums of many stay exact below 2^53. */
const LARGEST = 1_000_000_000_000;
const MAX_TEXT = 300;

/**
 * What somebody typed, checked and completed by the formulas. A check whose fields are not all filled in is not asked.
 * @example activated 9 of collected 8 → findings [{ key: 'activated', message: 'Đã kích hoạt không lớn hơn đã thu nhận.' }]
 */
export function checkValues(register: RegisterDefinition, typed: Readonly<Record<string, unknown>>): CheckedValues {
  const findings: ValueFinding[] = [];
  const values: Record<string, RegisterValue> = {};
  const fields = typedFields(register);
  for (const key of Object.keys(typed))
    if (!fields.some((field) => field.key === key))
      findings.push({ key, message: `Sổ không có ô nhập “${key.slice(0, 40)}”.` });
  for (const field of fields) {
    const value = typed[field.key] ?? null;
    const fault = value === null || value === '' ? missing(field) : faultOf(field, value);
    if (fault) findings.push({ key: field.key, message: `${field.label}: ${fault}` });
    values[field.key] = clean(value);
  }
  if (findings.length > 0) return { ok: false, findings };
  for (const check of register.checks) {
    const rule = expressionOf(register, check.rule, 'bool');
    const held = rule.ok ? evaluate(rule.expression, values) : undefined;
    if (held?.ok && held.value === false)
      findings.push({ key: check.field, message: `${labelOf(register, check.field)}: ${check.says}.` });
  }
  if (findings.length > 0) return { ok: false, findings };
  return { ok: true, values: withComputed(register, values) };
}

function withComputed(register: RegisterDefinition, typed: Record<string, RegisterValue>): RegisterValues {
  const values = { ...typed };
  for (const field of register.fields) {
    if (field.formula === undefined) continue;
    const rule = expressionOf(register, field.formula, 'number');
    const result = rule.ok ? evaluate(rule.expression, typed) : undefined;
    // Nothing known in, nothing known out.
    values[field.key] = result?.ok && typeof result.value === 'number' ? Number(result.value.toPrecision(15)) : null;
  }
  return values;
}

const missing = (field: RegisterField): string | undefined => (field.required ? 'chưa ghi.' : undefined);

function faultOf(field: RegisterField, value: unknown): string | undefined {
  if (isNumeric(field)) return numberFault(field, value);
  if (typeof value !== 'string') return 'phải là chữ.';
  if (field.type === 'day') return isDay(value) ? undefined : 'không phải là ngày có trong lịch.';
  if (field.type === 'choice')
    return field.choices?.some((choice) => choice.code === value)
      ? undefined
      : `chọn một trong: ${field.choices?.map((choice) => choice.label).join(', ')}.`;
  if (field.type === 'result') return readResult(value) ? undefined : 'chọn một kết quả trong danh sách.';
  return value.length > MAX_TEXT ? `không quá ${MAX_TEXT} chữ.` : undefined;
}

function numberFault(field: RegisterField, value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'phải là số.';
  const min = field.min ?? 0;
  if (value < min) return `không nhỏ hơn ${show(min)}.`;
  const max = field.max ?? LARGEST;
  if (value > max) return `không lớn hơn ${show(max)}.`;
  const places = field.places ?? (field.type === 'percent' ? 2 : 0);
  if (Number(value.toFixed(places)) !== value)
    return places === 0 ? 'phải là số nguyên.' : `không quá ${places} chữ số thập phân.`;
  return undefined;
}

function clean(value: unknown): RegisterValue {
  if (typeof value === 'number') return Object.is(value, -0) ? 0 : value;
  if (typeof value !== 'string') return null;
  const text = value.normalize('NFC').trim().replace(/\s+/g, ' ');
  return text === '' ? null : text;
}

const labelOf = (register: RegisterDefinition, key: string): string =>
  register.fields.find((field) => field.key === key)?.label ?? key;
const show = (number: number): string => number.toLocaleString('vi-VN', { maximumFractionDigits: 4 });

/** What tells a line of a list from the others of its unit and period, whatever case and blanks; '' for figures. */
export function lineKeyOf(register: RegisterDefinition, values: Readonly<Record<string, unknown>>): string {
  return (register.lineKey ?? [])
    .map((key) =>
      String(values[key] ?? '')
        .normalize('NFC')
        .trim()
        .replace(/\s+/g, ' ')
        .toLowerCase(),
    )
    .join(' | ');
}

/** Whether two entries say the same. */
export function sameValues(
  register: RegisterDefinition,
  one: RegisterValues | null,
  other: RegisterValues | null,
): boolean {
  if (one === null || other === null) return one === other;
  return register.fields.every((field) => (one[field.key] ?? null) === (other[field.key] ?? null));
}
