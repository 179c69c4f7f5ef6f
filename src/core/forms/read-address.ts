import type { AddressField } from './definition.ts';
import type { Problem } from './problems.ts';
import { readText } from './read-text.ts';
import { isBlank, isRecord, NOTHING, own, problemReading, type Reading } from './reading.ts';

/** An address: what was typed, and the unit it was resolved to where the picker knew it. All parts optional. */
export interface AddressValue {
  /** House number, street, hamlet. */
  text?: string;
  /** The unit as typed or picked, e.g. `xã Hiệp Đức, thành phố Đà Nẵng`. */
  unitText?: string;
  /** Own id of the unit `unitText` was resolved to; the server checks that it fits. */
  unitId?: string;
  /** Statistical codes as of the day of the form. */
  provinceCode?: string;
  communeCode?: string;
}

/** Parts of an address value, in the order they are asked. */
export const ADDRESS_PARTS = ['text', 'unitText', 'unitId', 'provinceCode', 'communeCode'] as const;
const CODE = /^[A-Za-z0-9.-]{1,40}$/;

/** Reads an address; a plain text is taken for the unit, since old data has addresses in one line. */
export function readAddress(raw: unknown): Reading {
  if (isBlank(raw)) return NOTHING;
  const record = typeof raw === 'string' ? { unitText: raw } : raw;
  if (!isRecord(record)) return problemReading('wrong-type');
  const value: AddressValue = {};
  const problems: Problem[] = [];
  for (const part of ['text', 'unitText'] as const) {
    const reading = readText(own(record, part), { maxLength: 300 });
    problems.push(...reading.problems.map((problem) => ({ ...problem, at: part })));
    if (typeof reading.value === 'string') value[part] = reading.value;
  }
  for (const part of ['unitId', 'provinceCode', 'communeCode'] as const) {
    const code = own(record, part);
    if (isBlank(code)) continue;
    if (typeof code === 'string' && CODE.test(code)) value[part] = code;
    else problems.push({ at: 'unitText', code: 'bad-code' });
  }
  return Object.keys(value).length === 0 ? { problems } : { value, known: value, problems };
}

/** What is missing of an address that must be complete. */
export function missingOfAddress(field: AddressField, value: AddressValue | undefined, isRequired: boolean): Problem[] {
  if (!value && !isRequired) return [];
  const problems: Problem[] = [];
  const { text, unitText, unitId, provinceCode, communeCode } = value ?? {};
  if (field.detail === 'required' && !text) problems.push({ at: 'text', code: 'required-detail' });
  const hasUnit = unitText ?? unitId ?? communeCode ?? (field.level === 'province' ? provinceCode : undefined);
  if (!hasUnit) problems.push({ at: 'unitText', code: 'required-unit' });
  return problems;
}
