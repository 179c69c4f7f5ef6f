import type { Day } from '../time/index.ts';

const ASIDE = / \((trước|đến) (\d{1,2})\/(\d{1,2})\/(\d{4})\)/g;

/**
 * A text of content as it is said on a day: “(trước 01/7/2025)” tells how something ended, which nobody can have known before.
 */
export const withoutAsidesAhead = (text: string, day: Day): string =>
  text.replace(ASIDE, (aside, word: string, date: string, month: string, year: string) => {
    const said = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    return day < said || (word === 'đến' && day === said) ? '' : aside;
  });
