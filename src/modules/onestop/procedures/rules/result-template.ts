import type { FormDefinition } from '../../../../core/forms/definition.ts';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { formatDay, isDay } from '../../../../core/time/index.ts';
import type { ResultTemplate } from './work.ts';

/** Values a template may name, by first word. Example: `{form:{applicant:{fullName:'…'}}, unit:{name:'xã Hiệp Đức'}}`. */
export type TemplateValues = Readonly<Record<string, unknown>>;

/** First words a placeholder may have, and the names under them; `form` is checked against the form itself. */
export const PLACEHOLDERS: Readonly<Record<string, readonly string[]>> = {
  dossier: ['code', 'receivedAt', 'dueAt', 'subject', 'caseName'],
  procedure: ['code', 'name'],
  unit: ['name', 'nameUpper', 'parentName', 'place'],
  result: ['number', 'day', 'note'],
  signer: ['name', 'title', 'signedAs'],
  fee: ['total'],
};
const FORMATS = ['date', 'upper', 'label', 'vnd', 'number'] as const;
type Format = (typeof FORMATS)[number];

/** What stands for a value that is not there: the dots of a printed form. */
export const BLANK = '…………';

const PLACE = /\{\{\s*([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*)\s*(?:\|\s*([a-z]+)\s*)?\}\}/g;

export type Placeholder = { readonly path: string; readonly format: string | undefined };

/** All placeholders of a line, in order. */
export function placeholdersIn(line: string): readonly Placeholder[] {
  return [...line.matchAll(PLACE)].map((match) => ({ path: match[1] ?? '', format: match[2] }));
}

/** Fields of a form by dotted path (`applicant`, `documents.0.title` is `documents.title`), for checks and labels. */
function fieldAt(form: FormDefinition | undefined, path: readonly string[]): object | undefined {
  const [first, second] = path;
  for (const section of form?.sections ?? []) {
    if (section.repeat && section.id === first) return section.fields.find((field) => field.id === second) ?? section;
    const field = section.repeat ? undefined : section.fields.find((one) => one.id === first);
    if (field) return field;
  }
  return undefined;
}

/** Why a placeholder cannot be filled, in Vietnamese; undefined where it can. */
export function placeholderProblem(placeholder: Placeholder, form: FormDefinition | undefined): string | undefined {
  const [space = '', ...rest] = placeholder.path.split('.');
  if (placeholder.format !== undefined && !FORMATS.includes(placeholder.format as Format)) {
    return `định dạng “${placeholder.format}” không có`;
  }
  if (space === 'form') return fieldAt(form, rest) ? undefined : `tờ khai không có mục “${rest.join('.')}”`;
  const names = PLACEHOLDERS[space];
  if (!names) return `không có nhóm “${space}”`;
  return names.includes(rest.join('.')) ? undefined : `nhóm “${space}” không có “${rest.join('.')}”`;
}

function valueAt(values: TemplateValues, path: string): unknown {
  let value: unknown = values;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Words of a person's gender, which is no choice field. */
const WORDS: Readonly<Record<string, string>> = { male: 'Nam', female: 'Nữ' };

function labelOf(value: string, form: FormDefinition | undefined, path: string): string {
  const field = fieldAt(form, path.split('.').slice(1));
  const options = field && 'options' in field && Array.isArray(field.options) ? field.options : [];
  const option = options.find((one: { value?: unknown }) => one.value === value) as { label?: string } | undefined;
  return option?.label ?? WORDS[value] ?? value;
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join(', ');
  // An address or a person named as a whole: its words, not its codes.
  if (typeof value === 'object' && value !== null) {
    const { text, unitText, fullName } = value as { text?: unknown; unitText?: unknown; fullName?: unknown };
    return [text, unitText, fullName].map(plain).filter(Boolean).join(', ');
  }
  return '';
}

/** `1990-05` → `05/1990`, `1990` stays. */
function partialDay(words: string): string {
  return words.split('-').reverse().join('/');
}

function formatted(value: unknown, format: string | undefined, form: FormDefinition | undefined, path: string): string {
  const words = plain(value).trim();
  if (words === '') return '';
  switch (format) {
    case 'date':
      return words.length === 10 && isDay(words) ? formatDay(words) : partialDay(words);
    case 'upper':
      return words.toLocaleUpperCase('vi');
    case 'label':
      return Array.isArray(value)
        ? value.map((one) => labelOf(plain(one), form, path)).join(', ')
        : labelOf(words, form, path);
    case 'vnd':
      return `${words.replace(/\B(?=(\d{3})+(?!\d))/g, '.')} đồng`;
    case 'number':
      return typedNumberVi(words);
    default:
      return words;
  }
}

/** Fills one line; a value that is missing becomes dots. Values are plain text: nothing in them is read as a placeholder. */
export function fillLine(line: string, values: TemplateValues, form?: FormDefinition): string {
  return line.replace(
    PLACE,
    (_, path: string, format: string | undefined) => formatted(valueAt(values, path), format, form, path) || BLANK,
  );
}

export type FilledTemplate = {
  readonly title: string;
  readonly subtitle: string | null;
  readonly symbol: string | null;
  readonly grounds: readonly string[];
  readonly body: readonly string[];
  readonly recipients: readonly string[];
};

/** A draft of the result document; the officer may change the text before it is signed. */
export function fillTemplate(template: ResultTemplate, values: TemplateValues, form?: FormDefinition): FilledTemplate {
  const fill = (line: string): string => fillLine(line, values, form);
  return {
    title: fill(template.title),
    subtitle: template.subtitle === undefined ? null : fill(template.subtitle),
    symbol: template.symbol ?? null,
    grounds: (template.grounds ?? []).map(fill),
    body: template.body.map(fill),
    recipients: (template.recipients ?? []).map(fill),
  };
}
