/**
 * A plain day of the civil calendar, `YYYY-MM-DD`, years 0001 to 9999. It bears no zone: which instants it holds is
 * decided by `instantAt` and `dayOf`. Days compare as strings: `'2023-08-28' < '2023-09-01'`.
 */
export type Day = string;

/** Days of the week as the calendars name them, Monday first (Vietnamese: thứ hai … chủ nhật). */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** The seven weekdays in order, Monday first. */
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Length of a day without a change of the clock, in milliseconds. */
export const DAY_MS = 86_400_000;

/** Whole days from 1970-01-01 (= 0); days before are negative. The form in which the engines count days. */
export type DayNumber = number;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a day that exists: `2024-02-29` is one, `2023-02-29`, `2023-2-1` and `0000-01-01` are not. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string') return false;
  const match = SHAPE.exec(text);
  return match !== null && isRealDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/**
 * Number of the day, counted from 1970-01-01.
 * @throws RangeError when the text is not a day that exists; check outside data with `isDay` first.
 */
export function dayNumberOf(day: Day): DayNumber {
  const match = SHAPE.exec(day);
  const [year, month, date] = match ? [Number(match[1]), Number(match[2]), Number(match[3])] : [0, 0, 0];
  if (!isRealDay(year, month, date)) throw new RangeError(`not a day: ${day}`);
  return numberFromParts(year, month, date);
}

const FIRST_DAY: DayNumber = -719_162;
/** Number of 9999-12-31, the last day that can be written. */
export const LAST_DAY: DayNumber = 2_932_896;

/** Days written lately: a list shows the same few hundred again and again, and writing one anew takes a microsecond. */
const written = new Map<DayNumber, Day>();
const MOST_WRITTEN = 4000;

/**
 * The day with the given number; inverse of `dayNumberOf`.
 * @throws RangeError outside the years 0001 to 9999.
 */
export function dayOfNumber(number: DayNumber): Day {
  if (!(number >= FIRST_DAY && number <= LAST_DAY)) throw new RangeError(`no day can be written for ${number}`);
  const known = written.get(number);
  if (known !== undefined) return known;
  const day = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(number, day);
  return day;
}

/** The day `count` days later (earlier when negative): `addDays('2023-08-31', 1)` is `2023-09-01`. */
export function addDays(day: Day, count: number): Day {
  return dayOfNumber(dayNumberOf(day) + count);
}

/**
 * The same day number `count` months later, or the last day of that month where it has no such day:
 * `addMonths('2024-01-31', 1)` is `2024-02-29` (Bộ luật Dân sự 2015, Điều 147–148: a term in months).
 */
export function addMonths(day: Day, count: number): Day {
  const year = Number(day.slice(0, 4));
  const monthIndex = Number(day.slice(5, 7)) - 1 + count;
  const targetYear = year + Math.floor(monthIndex / 12);
  const targetMonth = (((monthIndex % 12) + 12) % 12) + 1;
  const date = Math.min(Number(day.slice(8, 10)), daysInMonth(targetYear, targetMonth));
  return dayOfNumber(numberFromParts(targetYear, targetMonth, date));
}

/** Days from `from` to `to`; negative when `to` is earlier: `daysBetween('2023-08-31', '2023-09-02')` is 2. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

/** Weekday of a day: `weekdayOf('2023-08-28')` is `mon`. */
export function weekdayOf(day: Day): Weekday {
  return weekdayOfNumber(dayNumberOf(day));
}

/** Weekday of a day number; 1970-01-01 was a Thursday. */
export function weekdayOfNumber(number: DayNumber): Weekday {
  return WEEKDAYS[(((number + 3) % 7) + 7) % 7] ?? 'mon';
}

/** The day as Vietnamese papers write it, `dd/MM/yyyy`: `28/08/2023`. */
export function formatDay(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/** Reads `d/M/yyyy` or `dd/MM/yyyy` (also with `-` or `.`); undefined when it is not a day that exists. */
export function parseVietnameseDay(text: string): Day | undefined {
  const match = /^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\s*$/.exec(text);
  if (!match) return undefined;
  const day = `${match[4]}-${(match[3] ?? '').padStart(2, '0')}-${(match[1] ?? '').padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
}

function isRealDay(year: number, month: number, date: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function numberFromParts(year: number, month: number, date: number): DayNumber {
  // Date.UTC reads the years 0–99 as 1900–1999; setUTCFullYear does not.
  return new Date(0).setUTCFullYear(year, month - 1, date) / DAY_MS;
}
