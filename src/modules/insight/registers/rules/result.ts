import { formatNumberVi } from '../../../../core/text/numbers.ts';
import { formatDay } from '../../../../core/time/index.ts';
import {
  isNumeric,
  type RegisterDefinition,
  type RegisterField,
  type RegisterValues,
  typedFields,
} from './register.ts';

/**
 * Which result a line refers to. Codes: `index:<table>:<unit>` (a round, or the id of what was published elsewhere),
 * `target:<id>`, `survey:<id>:<unit>`, `metric:<id>:<unit>:<period>:<cutoff>` (a frozen figure with all below the unit).
 */
export type ResultRef = {
  readonly code: string;
  /** The result in words, as it stood when it was entered: kept, whatever becomes of the result. Empty where only a code was given. */
  readonly label: string;
};
type ResultKind = 'index' | 'target' | 'survey' | 'metric';

const CODE = '(?:index|target|survey|metric):[A-Za-z0-9._:-]{1,200}';
const HELD = new RegExp(`^(${CODE})(?: (.+))?$`);
const IN_TEXT = new RegExp(`^(?:.*\\[)?(${CODE})\\]?$`);

/** What a field of type `result` holds: `<code> <label>`; undefined where it is none. */
export function readResult(value: unknown): ResultRef | undefined {
  const [, code, label = ''] = (typeof value === 'string' && HELD.exec(value)) || [];
  return code === undefined ? undefined : { code, label };
}

/** As a field of type `result` holds it. */
export const writeResult = ({ code, label }: ResultRef): string => `${code} ${label}`.trim();

/** As a workbook shows it: `PAR INDEX 2022, Hiệp Đức: 81,40/100 điểm [index:…]`. */
export const resultInCell = ({ code, label }: ResultRef): string => (label === '' ? code : `${label} [${code}]`);

/** The code of a cell that holds one by itself or in brackets at its end. */
export const codeInCell = (text: string): string | undefined => IN_TEXT.exec(text.trim())?.[1];

/** @example `survey:s1:u1` → ['survey', 's1', 'u1'] */
export function resultParts(code: string): readonly [kind: ResultKind, ...ids: string[]] | undefined {
  if (readResult(code)?.code !== code) return undefined;
  const [kind, ...ids] = code.split(':');
  return [kind as ResultKind, ...ids];
}

export const resultFields = (register: RegisterDefinition): readonly RegisterField[] =>
  register.fields.filter((field) => field.type === 'result');

/**
 * A line in short, for the page of the result it refers to: what tells it apart, its day, its numbers.
 * @example `12/QĐ-UBND ngày 19/07/2023 (5 tập thể, 9 cá nhân)`
 */
export function mentionOf(register: RegisterDefinition, values: RegisterValues): string {
  const fields = typedFields(register);
  const keys = (register.lineKey ?? []).map((key) => values[key]);
  const name = keys.filter((value) => value !== null && value !== undefined).join(', ');
  const dayField = fields.find((field) => field.type === 'day');
  const day = dayField && values[dayField.key];
  const numbers = fields.flatMap((field) => {
    const value = values[field.key];
    return isNumeric(field) && typeof value === 'number'
      ? [`${formatNumberVi(value)} ${field.label.toLowerCase()}`]
      : [];
  });
  const parts = [name, typeof day === 'string' ? `ngày ${formatDay(day)}` : ''];
  if (numbers.length > 0) parts.push(`(${numbers.join(', ')})`);
  return parts.filter((part) => part !== '').join(' ');
}
