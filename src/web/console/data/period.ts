import { isMeantDay } from '../../../core/contract/fields.ts';
import type { Translate } from '../../shared/i18n/translator.ts';
import { readDay, showDay } from './format.ts';

/** A period as people write it: `2026-10` → `10/2026`, `2026-Q3` → `Quý 3/2026`, `2026-H1` → `6 tháng đầu năm 2026`, `2026`. */
export function writePeriod(id: string, t: Translate): string {
  const [from, to] = id.split('..');
  if (from !== undefined && to !== undefined) return `${showDay(from)} – ${showDay(to)}`;
  const [, year = '', kind, part = ''] = /^(\d{4})-(Q|H)?(\d{1,2})$/.exec(id) ?? [];
  if (year === '') return id;
  if (kind === 'Q') return t('ui.period.quarter', { quarter: part, year });
  if (kind === 'H') return t(part === '1' ? 'ui.period.first-half' : 'ui.period.second-half', { year });
  return `${part}/${year}`;
}

/** Whether a written period fits into a short field: `6 tháng đầu năm 2026` does not. */
export const isShort = (written: string): boolean => written.length <= 12;

const WRITTEN: readonly (readonly [RegExp, (year: string, part: string) => string])[] = [
  [/^(?:năm )?(?<year>\d{4})$/u, (year) => year],
  [/^(?:tháng )?(?<part>0?[1-9]|1[0-2])[/-](?<year>\d{4})$/u, (year, part) => `${year}-${part.padStart(2, '0')}`],
  [/^(?:quý |q)(?<part>[1-4])[/ -](?:năm )?(?<year>\d{4})$/u, (year, part) => `${year}-Q${part}`],
  [/^6 tháng (?<part>đầu|cuối)(?: năm)?[/ -](?<year>\d{4})$/u, (year, part) => `${year}-H${part === 'đầu' ? 1 : 2}`],
  [/^h(?<part>[12])[/-](?<year>\d{4})$/u, (year, part) => `${year}-H${part}`],
  [/^(?<year>\d{4})-(?<part>0[1-9]|1[0-2]|q[1-4]|h[12])$/u, (year, part) => `${year}-${part.toUpperCase()}`],
];

/**
 * The id of a period somebody typed; undefined where it is none.
 * @example readPeriod('10/2026') // '2026-10'
 * @example readPeriod('quý 3/2026') // '2026-Q3'
 * @example readPeriod('16/02/2026 – 31/12/2026') // '2026-02-16..2026-12-31', both days inclusive
 */
export function readPeriod(typed: string): string | undefined {
  const text = typed.normalize('NFC').trim().replace(/\s+/gu, ' ').toLocaleLowerCase('vi');
  for (const [form, make] of WRITTEN) {
    const groups = form.exec(text)?.groups;
    const { year = '', part = '' } = groups ?? {};
    if (groups) return isMeantDay(`${year}-01-01`) ? make(year, part) : undefined;
  }
  const [from, to] = text.split(/\s*(?:\.\.|–)\s*|\s+-\s+/u).map((day) => (isMeantDay(day) ? day : readDay(day)));
  return from !== undefined && to !== undefined && from <= to ? `${from}..${to}` : undefined;
}
