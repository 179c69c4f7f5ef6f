import type { Day, DayNumber } from './day.ts';
import { DAY_MS, dayNumberOf, dayOfNumber, formatDay, isDay } from './day.ts';
import { instantOfWall, VIETNAM_ZONE, zoneOffsetMs } from './zone.ts';

/** The day on which the instant falls in the zone: 2023-08-28T18:00Z is `2023-08-29` in Vietnam. */
export function dayOf(instant: Date, zone: string = VIETNAM_ZONE): Day {
  return dayOfNumber(dayNumberAt(instant.getTime(), zone));
}

/** As `dayOf`, but from epoch milliseconds to the number of the day (for loops over days). */
export function dayNumberAt(epochMs: number, zone: string = VIETNAM_ZONE): DayNumber {
  return Math.floor((epochMs + zoneOffsetMs(epochMs, zone)) / DAY_MS);
}

/** The wall time at an instant, `HH:MM:SS`: `09:00:00`. Parts of a second are cut off. */
export function timeOf(instant: Date, zone: string = VIETNAM_ZONE): string {
  return wallText(instant.getTime() + zoneOffsetMs(instant.getTime(), zone)).slice(11, 19);
}

/**
 * The instant at which the zone's clock shows the time on the day: `instantAt('2023-08-28', '09:00')` is 02:00Z.
 * `24:00` is the end of the day. A time the clock skips counts as far after the jump; one shown twice means the first.
 * @throws RangeError when day or time do not exist.
 */
export function instantAt(day: Day, time: string, zone: string = VIETNAM_ZONE): Date {
  const seconds = parseTimeOfDay(time);
  if (seconds === undefined) throw new RangeError(`not a time of day: ${time}`);
  return new Date(instantOfWall(dayNumberOf(day) * DAY_MS + seconds * 1000, zone));
}

/** Seconds since midnight of `HH:MM` or `HH:MM:SS`, 00:00 to 24:00 inclusive; undefined for anything else. */
export function parseTimeOfDay(text: unknown): number | undefined {
  const match = typeof text === 'string' ? /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text) : null;
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const total = hours * 3600 + minutes * 60 + seconds;
  return minutes < 60 && seconds < 60 && total <= 86_400 ? total : undefined;
}

/**
 * The instant in ISO 8601 with the zone's offset, the form of all JSON: `2023-08-28T09:00:00+07:00`.
 * Milliseconds are written only where there are any.
 */
export function toIso(instant: Date, zone: string = VIETNAM_ZONE): string {
  const epochMs = instant.getTime();
  const offsetMs = zoneOffsetMs(epochMs, zone);
  const offsetMinutes = Math.round(offsetMs / 60_000);
  const size = Math.abs(offsetMinutes);
  const wall = wallText(epochMs + offsetMs);
  return `${wall}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `2023-08-28T09:00:00`, with milliseconds where there are any. Lists write hundreds, of few days: several times faster than `toISOString`. */
function wallText(wallMs: number): string {
  if (!Number.isFinite(wallMs)) throw new RangeError('Invalid time value');
  const day = Math.floor(wallMs / DAY_MS);
  const ofDay = wallMs - day * DAY_MS;
  const seconds = Math.floor(ofDay / 1000);
  const millis = ofDay - seconds * 1000;
  const text = `${dayOfNumber(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return millis === 0 ? text : `${text}.${String(millis).padStart(3, '0')}`;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;
const WALL = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?$/;

/**
 * Reads ISO 8601 with an offset, strictly: `2023-08-28T09:00:00+07:00`, `…T09:00+07:00`, `…T02:00:00.250Z`. Undefined
 * for a day or time that does not exist, for `24:00`, or without an offset (it would name no instant). Digits beyond
 * the millisecond are dropped.
 */
export function parseInstant(text: unknown): Date | undefined {
  const match = typeof text === 'string' ? INSTANT.exec(text) : null;
  const wallMs = match && readWall(match[1], match[2], match[3]);
  const offsetMs = match && readOffset(match[4]);
  if (typeof wallMs !== 'number' || typeof offsetMs !== 'number') return undefined;
  return new Date(wallMs - offsetMs);
}

/** Reads `2023-08-28T09:00[:SS]` without an offset as wall time of the zone; undefined for anything else. */
export function parseWallTime(text: unknown, zone: string = VIETNAM_ZONE): Date | undefined {
  const match = typeof text === 'string' ? WALL.exec(text) : null;
  const wallMs = match && readWall(match[1], match[2], match[3]);
  return typeof wallMs === 'number' ? new Date(instantOfWall(wallMs, zone)) : undefined;
}

/** As slips and letters write an instant: `09:00 ngày 28/08/2023`. */
export function formatInstant(instant: Date, zone: string = VIETNAM_ZONE): string {
  return `${timeOf(instant, zone).slice(0, 5)} ngày ${formatDay(dayOf(instant, zone))}`;
}

function readWall(day?: string, time?: string, fraction?: string): number | undefined {
  const seconds = parseTimeOfDay(time);
  if (!isDay(day) || seconds === undefined || seconds >= 86_400) return undefined;
  return dayNumberOf(day) * DAY_MS + seconds * 1000 + Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
}

function readOffset(text?: string): number | undefined {
  if (text === 'Z') return 0;
  const [hours, minutes] = [Number(text?.slice(1, 3)), Number(text?.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (text?.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
