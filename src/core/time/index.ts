/** The door of `core/time`: days, instants and the one place that knows Vietnam's zone. */
export type { Day, DayNumber, Weekday } from './day.ts';
export {
  addDays,
  addMonths,
  DAY_MS,
  dayNumberOf,
  dayOfNumber,
  daysBetween,
  formatDay,
  isDay,
  isLeapYear,
  LAST_DAY,
  parseVietnameseDay,
  WEEKDAYS,
  weekdayOf,
  weekdayOfNumber,
} from './day.ts';
export {
  dayNumberAt,
  dayOf,
  formatInstant,
  instantAt,
  parseInstant,
  parseTimeOfDay,
  parseWallTime,
  timeOf,
  toIso,
} from './instant.ts';
export { instantOfWall, isKnownZone, VIETNAM_ZONE, zoneOffsetMs } from './zone.ts';
