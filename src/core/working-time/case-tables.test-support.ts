import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { dayOf, instantAt, weekdayOf } from '../time/index.ts';
import type { Allowance } from './allowance.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';
import { compileCalendar } from './index.ts';

/** One row of the tables of due dates, as a lawyer reads it. */
export interface DueCase {
  readonly case: string;
  readonly calendar: string;
  readonly received: string;
  readonly allow: string;
  readonly events?: readonly string[];
  readonly supplementPolicy?: 'pause' | 'restart';
  readonly due: string;
}

const FOLDER = path.join(import.meta.dirname, 'cases');

/** The table of the given name, e.g. `pauses.yaml`. */
export function readTable<Row>(name: string): Row[] {
  return parse(fs.readFileSync(path.join(FOLDER, name), 'utf8'), { merge: true }) as Row[];
}

/** Names of the tables of due dates: every table but those of another shape. */
export function dueTables(): string[] {
  const others = [
    'calendars.yaml',
    'refused-cases.yaml',
    'refused-calendars.yaml',
    'punctuality.yaml',
    'step-plans.yaml',
  ];
  return fs.readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && !others.includes(name));
}

/** The calendars of `calendars.yaml` as JSON. */
export const CALENDARS = readTable('calendars.yaml') as unknown as Record<string, unknown>;

/** A calendar of `calendars.yaml`, compiled. */
export function calendarNamed(name: string): CompiledCalendar {
  const result = compileCalendar(CALENDARS[name]);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.errors)}`);
  return result.calendar;
}

/** Reads `Mon 2023-08-21 09:00[:30]` as wall time of the zone; a weekday that does not fit is an error in the table. */
export function readMoment(text: string, zone?: string): Date {
  const match = /^(?:([A-Z][a-z]{2}) )?(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?)$/.exec(text);
  const [, weekday, day = '', time = ''] = match ?? [];
  if (!match || (weekday && weekdayOf(day) !== weekday.toLowerCase())) throw new Error(`not a moment: ${text}`);
  const instant = instantAt(day, time, zone);
  if (dayOf(instant, zone) !== day) throw new Error(`no such moment: ${text}`);
  return instant;
}

/** Reads `5 working-day`, `same-day` or `same-day until 16:00`. */
export function readAllowance(text: string): Allowance {
  const sameDay = /^same-day(?: until (\S+))?$/.exec(text);
  if (sameDay) return { unit: 'same-day', ...(sameDay[1] ? { cutOff: sameDay[1] } : {}) };
  const [amount, unit] = text.split(' ');
  return { unit: unit as Allowance['unit'], amount: Number(amount) };
}
