import fc from 'fast-check';
import pg from 'pg';
import { expect, it } from 'vitest';
import { parseTimestamptz } from './timestamptz.ts';

const usual = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date | number;

it.each([
  ['2026-11-22 08:30:00+07', '2026-11-22T01:30:00.000Z'],
  ['2026-11-22 08:30:00.5+07', '2026-11-22T01:30:00.500Z'],
  ['2026-11-22 08:30:00.123456+00', '2026-11-22T08:30:00.123Z'],
  ['2026-11-22 08:30:00.007-03:30', '2026-11-22T12:00:00.007Z'],
  ['1945-09-02 14:00:00+07', '1945-09-02T07:00:00.000Z'],
])('%s is %s', (text, iso) => {
  expect(parseTimestamptz(text).toISOString()).toBe(iso);
});

it.each(['infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '12026-01-01 00:00:00+00', '0050-01-01 00:00:00+07'])(
  'leaves %s to the driver',
  (text) => {
    expect(parseTimestamptz(text)).toEqual(usual(text));
  },
);

it('reads what the driver reads', () => {
  const two = (n: number): string => String(n).padStart(2, '0');
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }),
      fc.constantFrom('', '.1', '.12', '.123', '.123999', '.000001'),
      fc.constantFrom('+00', '+07', '-05', '+05:30', '-09:30'),
      (date, fraction, zone) => {
        const day = date.toISOString().slice(0, 10);
        const text = `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}${fraction}${zone}`;
        expect(parseTimestamptz(text)).toEqual(usual(text));
      },
    ),
  );
});
