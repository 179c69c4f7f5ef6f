import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dayNumberOf,
  dayOf,
  dayOfNumber,
  daysBetween,
  formatDay,
  formatInstant,
  instantAt,
  isDay,
  isKnownZone,
  parseInstant,
  parseTimeOfDay,
  parseVietnameseDay,
  parseWallTime,
  timeOf,
  toIso,
  weekdayOf,
} from './index.ts';

const days = fc.integer({ min: -700_000, max: 2_900_000 }).map(dayOfNumber);
const instants = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
const zones = ['Asia/Ho_Chi_Minh', 'UTC', 'Europe/Paris', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Tokyo'];

describe('days', () => {
  test.each(['2023-08-28', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true);
  });

  test.each(['2023-02-29', '1900-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '2023-1-1', '0000-01-01', '', 5])(
    '%j is none',
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );

  test('days are counted from 1970', () => {
    expect(dayNumberOf('1970-01-01')).toBe(0);
    expect(dayNumberOf('1969-12-31')).toBe(-1);
    expect(() => dayNumberOf('2023-02-29')).toThrow(RangeError);
    fc.assert(fc.property(days, (day) => dayOfNumber(dayNumberOf(day)) === day));
  });

  test('adding and counting days', () => {
    expect(addDays('2023-08-31', 1)).toBe('2023-09-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(daysBetween('2023-08-31', '2023-09-02')).toBe(2);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });

  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2023-08-31', 3, '2023-11-30'],
    ['2023-11-15', 2, '2024-01-15'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-15', -13, '2022-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
  ])('%s and %d months is %s', (day, count, expected) => {
    expect(addMonths(day, count)).toBe(expected);
  });

  test('weekdays', () => {
    expect(['2023-08-28', '2023-09-02', '1970-01-01', '1969-12-28'].map(weekdayOf)).toEqual([
      'mon',
      'sat',
      'thu',
      'sun',
    ]);
  });

  test('Vietnamese writing', () => {
    expect(formatDay('2023-08-28')).toBe('28/08/2023');
    expect(['28/08/2023', '1/9/2023', ' 02-09-2023 ', '2.9.2023'].map(parseVietnameseDay)).toEqual([
      '2023-08-28',
      '2023-09-01',
      '2023-09-02',
      '2023-09-02',
    ]);
    expect(['29/02/2023', '2023-08-28', '1/9/23', '1/9-2023', ''].map(parseVietnameseDay)).toEqual(
      Array(5).fill(undefined),
    );
  });
});

describe('instants', () => {
  test('Vietnam is seven hours ahead', () => {
    expect(dayOf(new Date('2023-08-28T16:59:59Z'))).toBe('2023-08-28');
    expect(dayOf(new Date('2023-08-28T17:00:00Z'))).toBe('2023-08-29');
    expect(instantAt('2023-08-28', '09:00').toISOString()).toBe('2023-08-28T02:00:00.000Z');
    expect(toIso(new Date('2023-08-28T02:00:00Z'))).toBe('2023-08-28T09:00:00+07:00');
    expect(toIso(new Date('2023-08-28T02:00:00.250Z'))).toBe('2023-08-28T09:00:00.250+07:00');
    expect(formatInstant(new Date('2023-08-28T02:00:00Z'))).toBe('09:00 ngày 28/08/2023');
    expect(timeOf(new Date('2023-08-28T02:00:30.900Z'))).toBe('09:00:30');
  });

  test('its clock was another before 1975', () => {
    expect(toIso(new Date('1970-06-01T00:00:00Z'))).toBe('1970-06-01T08:00:00+08:00');
  });

  test.each([
    ['2023-08-28T09:00:00+07:00', '2023-08-28T02:00:00.000Z'],
    ['2023-08-28T09:00+07:00', '2023-08-28T02:00:00.000Z'],
    ['2023-08-28T02:00:00Z', '2023-08-28T02:00:00.000Z'],
    ['2023-08-28T02:00:00.25Z', '2023-08-28T02:00:00.250Z'],
    ['2023-08-28T02:00:00.123456789Z', '2023-08-28T02:00:00.123Z'],
    ['2023-08-27T20:30:00-05:30', '2023-08-28T02:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)?.toISOString()).toBe(expected);
  });

  test.each([
    '2023-08-28T09:00:00',
    '2023-08-28',
    '2023-02-29T09:00:00Z',
    '2023-08-28T24:00:00Z',
    '2023-08-28T09:60:00Z',
    '2023-08-28T09:00:60Z',
    '2023-08-28 09:00:00Z',
    '2023-08-28T09:00:00+7',
    '2023-08-28T09:00:00+24:00',
    '28/08/2023',
    '',
    null,
    1692583200000,
  ])('does not read %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test('wall time without an offset is read only where it is asked for', () => {
    expect(parseWallTime('2023-08-28T09:00')?.toISOString()).toBe('2023-08-28T02:00:00.000Z');
    expect(parseWallTime('2023-08-28T09:00+07:00')).toBeUndefined();
  });

  test('times of day', () => {
    expect(['00:00', '07:30', '24:00', '23:59:59'].map(parseTimeOfDay)).toEqual([0, 27_000, 86_400, 86_399]);
    expect(['24:01', '7:30', '07:60', '07:30:60', '0730', null].map(parseTimeOfDay)).toEqual(Array(6).fill(undefined));
    expect(instantAt('2023-08-28', '24:00')).toEqual(instantAt('2023-08-29', '00:00'));
    expect(() => instantAt('2023-08-28', '25:00')).toThrow(RangeError);
  });
});

describe('zones', () => {
  test('known and unknown', () => {
    expect([...zones, 'Asia/Saigon'].every(isKnownZone)).toBe(true);
    expect(['Asia/Ha_Giang', '', 7, null, '__proto__', 'constructor'].some(isKnownZone)).toBe(false);
  });

  test('where the clock goes forward or back', () => {
    const paris = (day: string, time: string): string => instantAt(day, time, 'Europe/Paris').toISOString();
    expect(paris('2023-03-26', '02:30')).toBe('2023-03-26T01:30:00.000Z');
    expect(paris('2023-10-29', '02:30')).toBe('2023-10-29T00:30:00.000Z');
    expect(paris('2023-10-29', '03:00')).toBe('2023-10-29T02:00:00.000Z');
    expect(toIso(new Date('2023-03-26T01:00:00Z'), 'Europe/Paris')).toBe('2023-03-26T03:00:00+02:00');
  });

  test.each(zones)('ISO text of %s reads back to the same instant', (zone) => {
    fc.assert(
      fc.property(instants, (instant) => {
        const iso = toIso(instant, zone);
        // Before standard time offsets had seconds, which ISO text does not bear.
        if (instant.getUTCFullYear() >= 1975) expect(parseInstant(iso)).toEqual(instant);
        expect(iso.slice(0, 10)).toBe(dayOf(instant, zone));
      }),
    );
  });

  test.each(zones)('day and time of %s name the instant again, or its twin an hour before', (zone) => {
    fc.assert(
      fc.property(instants, (instant) => {
        const whole = new Date(Math.floor(instant.getTime() / 1000) * 1000);
        const again = instantAt(dayOf(whole, zone), timeOf(whole, zone), zone);
        expect([dayOf(again, zone), timeOf(again, zone)]).toEqual([dayOf(whole, zone), timeOf(whole, zone)]);
        expect(again.getTime()).toBeLessThanOrEqual(whole.getTime());
      }),
    );
  });
});
