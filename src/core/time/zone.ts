/** The one zone of Vietnam's administration, +07:00 all the year. The default of every function that takes a zone. */
export const VIETNAM_ZONE = 'Asia/Ho_Chi_Minh';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Zones whose offset has not changed since the given instant and which are on the hot path. Vietnam has been at
 * +07:00 as a whole since 13/6/1975; before that the general way is taken.
 */
const FIXED_SINCE: Record<string, { sinceMs: number; offsetMs: number } | undefined> = {
  [VIETNAM_ZONE]: { sinceMs: Date.UTC(1976, 0, 1), offsetMs: 7 * HOUR_MS },
  'Asia/Saigon': { sinceMs: Date.UTC(1976, 0, 1), offsetMs: 7 * HOUR_MS },
  UTC: { sinceMs: Number.NEGATIVE_INFINITY, offsetMs: 0 },
};

interface ZoneReader {
  readonly format: Intl.DateTimeFormat;
  /** Offset by UTC day; undefined inside = the offset changes within that day, so ask each time. */
  readonly byUtcDay: Map<number, number | undefined>;
}

const readers = new Map<string, ZoneReader>();

/** Whether the name is a time zone this machine knows (IANA name, any case, or a fixed offset such as `+07:00`). */
export function isKnownZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || zone === '') return false;
  try {
    readerOf(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * What the wall clock of the zone shows more than UTC at the given epoch milliseconds, in milliseconds
 * (Vietnam: 25,200,000).
 * @throws RangeError for an unknown zone.
 */
export function zoneOffsetMs(epochMs: number, zone: string = VIETNAM_ZONE): number {
  const fixed = FIXED_SINCE[zone];
  if (fixed && epochMs >= fixed.sinceMs) return fixed.offsetMs;
  const reader = readerOf(zone);
  const utcDay = Math.floor(epochMs / DAY_MS);
  if (!reader.byUtcDay.has(utcDay)) {
    const atStart = readOffset(reader, utcDay * DAY_MS);
    const atEnd = readOffset(reader, (utcDay + 1) * DAY_MS);
    if (reader.byUtcDay.size > 20_000) reader.byUtcDay.clear();
    reader.byUtcDay.set(utcDay, atStart === atEnd ? atStart : undefined);
  }
  return reader.byUtcDay.get(utcDay) ?? readOffset(reader, epochMs);
}

/**
 * Epoch milliseconds at which the zone's wall clock shows `wallMs` (a wall time written as if it were UTC). Where the
 * clock was put forward over it, the instant as far after the jump; where it was shown twice, the first time
 * ("compatible" in the words of RFC 5545 and Temporal).
 */
export function instantOfWall(wallMs: number, zone: string = VIETNAM_ZONE): number {
  const before = zoneOffsetMs(wallMs - DAY_MS, zone);
  const after = zoneOffsetMs(wallMs + DAY_MS, zone);
  if (before === after) return wallMs - before;
  const early = wallMs - Math.max(before, after);
  if (zoneOffsetMs(early, zone) === Math.max(before, after)) return early;
  const late = wallMs - Math.min(before, after);
  if (zoneOffsetMs(late, zone) === Math.min(before, after)) return late;
  return wallMs - before;
}

function readerOf(zone: string): ZoneReader {
  const known = readers.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const reader: ZoneReader = { format, byUtcDay: new Map() };
  // Zone names may come from outside; do not let a stream of odd spellings fill the memory.
  if (readers.size > 500) readers.clear();
  readers.set(zone, reader);
  return reader;
}

function readOffset(reader: ZoneReader, epochMs: number): number {
  const wholeSecond = Math.floor(epochMs / 1000) * 1000;
  const parts = new Map(reader.format.formatToParts(wholeSecond).map((part) => [part.type, part.value]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - read('year') : read('year');
  const wall = new Date(0);
  wall.setUTCFullYear(year, read('month') - 1, read('day'));
  wall.setUTCHours(read('hour'), read('minute'), read('second'));
  return wall.getTime() - wholeSecond;
}
