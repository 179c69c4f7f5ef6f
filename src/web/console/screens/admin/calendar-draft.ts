import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { WEEKDAYS, type Weekday } from '../../../../core/time/index.ts';
import type {
  Calendar,
  CalendarException,
  Season,
  Week,
  WeekdayHours,
  Window,
} from '../../../../core/working-time/calendar.ts';
import { showDay } from '../../data/format.ts';

/** Hours as they are typed: `07:00–11:30, 13:30–17:00`; empty: closed. `weight` empty: one working day. */
export interface DayDraft {
  hours: string;
  weight: string;
}

export type WeekDraft = Readonly<Record<Weekday, DayDraft>>;

export interface SeasonDraft {
  /** `16/04`. */
  from: string;
  to: string;
  week: WeekDraft;
}

export interface ExceptionDraft extends DayDraft {
  /** Kept over every change, so that a row stays itself while it is typed in. */
  key: string;
  /** `YYYY-MM-DD`, or what was typed where it is no day. */
  date: string;
  kind: CalendarException['kind'];
  note: string;
}

/** A calendar as the editor holds it: always writable, maybe not yet right. */
export interface CalendarDraft {
  week: WeekDraft;
  seasons: readonly SeasonDraft[];
  exceptions: readonly ExceptionDraft[];
  /** Time zone and whatever else the definition says. */
  rest: Readonly<Record<string, unknown>>;
}

const CLOSED: DayDraft = { hours: '', weight: '' };
/** Whole and half hours in the ways people write them: `7h30-11h30`, `7:30 – 11:30`, `07.30 - 11.30`, `7-11`. */
const TYPED_WINDOW = /^(\d{1,2})(?:[:h.](\d{2})?)?(:\d{2})?\s*[-–—]\s*(\d{1,2})(?:[:h.](\d{2})?)?(:\d{2})?$/i;

/** `7h30-11h30, 13:30–17:00` → windows; a piece that is none is passed on as typed, for the check to refuse. */
export function readHours(text: string): unknown[] {
  return text
    .split(/[,;]/)
    .map((piece) => piece.trim())
    .filter(Boolean)
    .map((piece) => {
      const found = TYPED_WINDOW.exec(piece);
      if (!found) return piece;
      const [, opens = '', openMinutes, openSeconds, closes = '', closeMinutes, closeSeconds] = found;
      return [
        `${opens.padStart(2, '0')}:${openMinutes ?? '00'}${openSeconds ?? ''}`,
        `${closes.padStart(2, '0')}:${closeMinutes ?? '00'}${closeSeconds ?? ''}`,
      ];
    });
}

export function showHours(windows: readonly Window[] | undefined): string {
  return (windows ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(', ');
}

function dayDraft(hours: WeekdayHours | undefined): DayDraft {
  if (hours === undefined) return CLOSED;
  if ('windows' in hours) return { hours: showHours(hours.windows), weight: typedNumberVi(hours.weight) };
  return { hours: showHours(hours), weight: '' };
}

/** What is no number goes on as typed: the check names the place. */
function readWeight(text: string): unknown {
  const number = Number(text.trim().replace(',', '.'));
  return Number.isNaN(number) ? text : number;
}

function weekDraft(week: Week | undefined): WeekDraft {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, dayDraft(week?.[day])])) as Record<Weekday, DayDraft>;
}

/** A definition that was published → what the editor shows. Exceptions are in order of their dates. */
export function draftOf(definition: unknown): CalendarDraft {
  const { week, seasons, exceptions, ...rest } = definition as Calendar & Record<string, unknown>;
  const monthDay = (text: string): string => text.split('-').reverse().join('/');
  return {
    week: weekDraft(week),
    seasons: (seasons ?? []).map((one) => ({
      from: monthDay(one.from),
      to: monthDay(one.to),
      week: weekDraft(one.week),
    })),
    exceptions: (exceptions ?? [])
      .toSorted((a, b) => a.date.localeCompare(b.date))
      .map((one) => ({
        key: one.date,
        date: one.date,
        kind: one.kind,
        hours: showHours(one.windows),
        weight: typedNumberVi(one.weight),
        note: 'note' in one && typeof one.note === 'string' ? one.note : '',
      })),
    rest,
  };
}

function writeDay({ hours, weight }: DayDraft): unknown {
  return weight.trim() === '' ? readHours(hours) : { windows: readHours(hours), weight: readWeight(weight) };
}

function writeWeek(week: WeekDraft): unknown {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, writeDay(week[day])]));
}

/** The definition to check and publish; lists keep the order of the draft, so that a problem's path finds its row. */
export function definitionOf({ week, seasons, exceptions, rest }: CalendarDraft): Record<string, unknown> {
  const monthDay = (typed: string): string => {
    const found = /^(\d{1,2})\/(\d{1,2})$/.exec(typed.trim());
    return found ? `${(found[2] ?? '').padStart(2, '0')}-${(found[1] ?? '').padStart(2, '0')}` : typed;
  };
  return {
    ...rest,
    week: writeWeek(week),
    ...(seasons.length > 0
      ? {
          seasons: seasons.map((one) => ({
            from: monthDay(one.from),
            to: monthDay(one.to),
            week: writeWeek(one.week),
          })),
        }
      : {}),
    exceptions: exceptions.map((one) => ({
      date: one.date,
      kind: one.kind,
      ...(one.hours.trim() === '' ? {} : { windows: readHours(one.hours) }),
      ...(one.weight.trim() === '' ? {} : { weight: readWeight(one.weight) }),
      ...(one.note.trim() === '' ? {} : { note: one.note.trim() }),
    })),
  };
}

/**
 * Place of a problem in the draft: `week.mon[1]` → `week.mon`, `seasons[0].week.sat.weight` → `seasons[0].week.sat`,
 * `exceptions[3].windows[0]` → `exceptions[3]`; everything else → `''`, the calendar as a whole.
 */
export function placeOfProblem(path: string): string {
  return /^(?:seasons\[\d+\](?:\.week\.[a-z]{3})?|week\.[a-z]{3}|exceptions\[\d+\])/.exec(path)?.[0] ?? '';
}

/** What differs between two definitions in the words of the screen: dates first, then days of the week. */
export function changedDates(before: CalendarDraft, after: CalendarDraft): readonly string[] {
  const text = (draft: CalendarDraft) =>
    new Map(draft.exceptions.map((one) => [one.date, `${one.kind} ${one.hours} ${one.weight}`]));
  const [old, next] = [text(before), text(after)];
  const dates = new Set([...old.keys(), ...next.keys()].filter((date) => showDay(date) !== date && date !== ''));
  return [...dates]
    .filter((date) => old.get(date) !== next.get(date))
    .sort()
    .map(showDay);
}

export const seasonOf = (season: Season | undefined): SeasonDraft => ({
  from: season?.from ?? '',
  to: season?.to ?? '',
  week: weekDraft(season?.week),
});
