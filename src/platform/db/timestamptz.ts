import pg from 'pg';

const usual = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;
const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/**
 * An instant as PostgreSQL writes it in its ISO style, `2026-11-22 08:30:00.123+07`; whatever else it may be (before
 * Christ, infinity, zones with seconds) is left to the driver, whose parser takes five times as long. A dossier has
 * thirteen instants. Parts below a millisecond are cut off, as the driver does.
 */
export function parseTimestamptz(text: string): Date {
  const end = text.length;
  if (end < 22 || end > 32 || text.charCodeAt(10) !== 32) return usual(text);
  let at = 19;
  let milliseconds = 0;
  if (text.charCodeAt(at) === 46) {
    let scale = 100;
    for (at++; scale >= 1 && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57; at++, scale /= 10)
      milliseconds += digits(text, at, at + 1) * Math.trunc(scale);
    while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  }
  const sign = text.charCodeAt(at) === 43 ? 1 : text.charCodeAt(at) === 45 ? -1 : 0;
  const zone = end - at;
  if (sign === 0 || (zone !== 3 && zone !== 6)) return usual(text);
  const offset = digits(text, at + 1, at + 3) * 60 + (zone === 6 ? digits(text, at + 4, at + 6) : 0);
  const ms = Date.UTC(
    digits(text, 0, 4),
    digits(text, 5, 7) - 1,
    digits(text, 8, 10),
    digits(text, 11, 13),
    digits(text, 14, 16),
    digits(text, 17, 19),
    milliseconds,
  );
  const instant = ms - sign * offset * 60_000;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return Number.isNaN(instant) || text.charCodeAt(0) === 48 ? usual(text) : new Date(instant);
}
