import { formatNumberVi, formatVnd } from '../text/numbers.ts';
import { amountInWords } from '../text/words.ts';
import type { CompiledForm } from './compile.ts';
import type { SimpleField } from './definition.ts';
import { evaluateForm } from './evaluate.ts';
import type { AddressValue } from './read-address.ts';
import { formatTypedDate } from './read-date.ts';
import type { FileValue } from './read-file.ts';
import { PERSON_KEYS, type PersonValue } from './read-person.ts';
import { type FormContext, isRecord } from './reading.ts';
import type { VisibleField } from './visible.ts';

/** One line of a printed form: a heading (of a section or item), or a label with its value. */
export interface PrintLine {
  kind: 'section' | 'item' | 'line' | 'note';
  label: string;
  /** Empty where nothing was given: the printer draws a dotted line. */
  value: string;
}

/** Words for the parts of a person in print. */
const PERSON_LABELS: Record<(typeof PERSON_KEYS)[number], string> = {
  fullName: 'Họ và tên',
  idType: 'Loại giấy tờ',
  idNumber: 'Số',
  birthDate: 'Ngày sinh',
  gender: 'Giới tính',
  nationality: 'Quốc tịch',
  ethnicity: 'Dân tộc',
  relation: 'Quan hệ',
  phone: 'Điện thoại',
  email: 'Thư điện tử',
};
const WORDS: Record<string, string> = {
  male: 'Nam',
  female: 'Nữ',
  cccd: 'Căn cước / số định danh',
  cmnd: 'Chứng minh nhân dân',
  passport: 'Hộ chiếu',
  other: 'Giấy tờ khác',
};

/** A person in one line: `Nguyễn Thị A; Số: 999…; Ngày sinh: 05/09/1990`. */
export function personText(person: PersonValue): string {
  const parts = PERSON_KEYS.filter((key) => key !== 'idType' && person[key] !== undefined).map((key) => {
    const value = String(person[key]);
    if (key === 'fullName') return value;
    if (key === 'idNumber') return `${WORDS[person.idType ?? 'cccd']}: ${value}`;
    return `${PERSON_LABELS[key]}: ${key === 'birthDate' ? formatTypedDate(value) : (WORDS[value] ?? value)}`;
  });
  return parts.join('; ');
}

/** An address in one line: detail, then the unit. */
export function addressText(address: AddressValue): string {
  return [address.text, address.unitText].filter(Boolean).join(', ');
}

/** The value of a field as text for print and for "check your answers"; empty when there is none. */
export function valueText(field: SimpleField, value: unknown): string {
  if (value === undefined) return '';
  switch (field.type) {
    case 'text':
      return String(value);
    case 'number':
      return typeof value === 'number'
        ? `${formatNumberVi(value)}${field.unit ? ` ${field.unit}` : ''}`
        : String(value);
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? `${formatVnd(value)} (${amountInWords(value)})`
        : String(value);
    case 'date':
      return formatTypedDate(String(value));
    case 'choice': {
      const chosen: unknown[] = Array.isArray(value) ? value : [value];
      return field.options
        .filter((option) => chosen.includes(option.value))
        .map((option) => option.label)
        .join('; ');
    }
    case 'address':
      return isRecord(value) ? addressText(value) : '';
    case 'person':
      return isRecord(value) ? personText(value) : '';
    case 'file':
      return Array.isArray(value) ? (value as FileValue[]).map((file) => file.name).join('; ') : '';
    case 'declaration':
      return value === true ? 'Có' : '';
    case 'note':
      return '';
  }
}

function fieldLine({ field, value }: VisibleField): PrintLine {
  if (field.type === 'note') return { kind: 'note', label: field.label, value: field.help ?? '' };
  return { kind: 'line', label: field.label, value: valueText(field, value) };
}

/**
 * A filled form as lines for print, only what is visible; an empty form gives the blank form for writing by hand.
 * The same lines serve "check your answers".
 */
export function printForm(form: CompiledForm, values: unknown, context: Omit<FormContext, 'mode'>): PrintLine[] {
  const { visible } = evaluateForm(form, values, { ...context, mode: 'draft' });
  return visible.flatMap(({ section, nodes }) => [
    { kind: 'section' as const, label: section.title, value: '' },
    ...nodes.flatMap((node): PrintLine[] => {
      if (node.kind === 'field') return [fieldLine(node)];
      const heading: PrintLine[] = node.group ? [{ kind: 'note', label: node.group.label, value: '' }] : [];
      const items = node.items.flatMap((item) => [
        { kind: 'item' as const, label: item.title, value: '' },
        ...item.fields.map(fieldLine),
      ]);
      return [...heading, ...items];
    }),
  ]);
}
