import { daysBetween, isDay } from '../time/day.ts';

/** Year, month (1–12) and day of a plain day; month and day are absent when only the year or month is known. */
interface DayParts {
  year: number;
  month?: number;
  day?: number;
}

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; undefined for anything else, also for 30 February. */
export function parseDayParts(text: string): DayParts | undefined {
  const match = DAY.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  if (match[2] === undefined) return { year };
  const month = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  if (match[3] === undefined) return { year, month };
  const day = Number(match[3]);
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  return { year, month, day };
}

/**
 * Full years from `birthDay` to `today`, both plain days.
 * With only a year or month known, the last day of it counts, so that nobody is taken for older than is proven:
 * age of `1964` on 2024-06-01 is 59. Undefined when a day is malformed or `today` is incomplete.
 */
export function ageInYears(birthDay: string, today: string): number | undefined {
  const born = parseDayParts(birthDay);
  const now = parseDayParts(today);
  if (!born || now?.month === undefined || now.day === undefined) return undefined;
  const month = born.month ?? 12;
  const day = born.day ?? daysInMonth(born.year, month);
  const hadBirthday = now.month > month || (now.month === month && now.day >= day);
  return now.year - born.year - (hadBirthday ? 0 : 1);
}

/** Calendar days from `from` to `to` (2023-08-30 to 2023-09-02 is 3, negative when `to` is earlier). */
export function wholeDaysBetween(from: string, to: string): number | undefined {
  return isDay(from) && isDay(to) ? daysBetween(from, to) : undefined;
}
