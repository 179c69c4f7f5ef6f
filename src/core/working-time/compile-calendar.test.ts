import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALENDARS, readTable } from './case-tables.test-support.ts';
import { compileCalendar } from './index.ts';

const OFFICE = {
  timeZone: 'Asia/Ho_Chi_Minh',
  week: {
    mon: [
      ['07:00', '11:30'],
      ['13:30', '17:00'],
    ],
  },
};

interface Row {
  case: string;
  with: Record<string, unknown>;
  code: string;
  path: string;
}

describe('refused calendars', () => {
  test.each(readTable<Row>('refused-calendars.yaml'))('$case', (row) => {
    const result = compileCalendar({ ...OFFICE, ...row.with });
    expect(result.ok).toBe(false);
    const errors = result.ok ? [] : result.errors.map(({ code, path }) => ({ code, path }));
    expect(errors).toEqual([{ code: row.code, path: row.path }]);
  });

  test.each([null, undefined, 'x', 5, []])('%j is no calendar', (input) => {
    const result = compileCalendar(input);
    expect(result.ok ? [] : result.errors.map((error) => error.code)).toEqual(['calendar/not-an-object']);
  });

  test('a year all of whose days are off is named', () => {
    const exceptions = Array.from({ length: 365 }, (_, index) => ({
      date: new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
      kind: 'off',
    }));
    const result = compileCalendar({ ...OFFICE, exceptions });
    expect(result.ok ? [] : result.errors).toEqual([
      { code: 'calendar/year-without-windows', path: 'week', message: expect.stringContaining('2025') },
    ]);
    expect(compileCalendar({ ...OFFICE, exceptions: exceptions.slice(7) }).ok).toBe(true);
  });

  test('all reasons are told at once', () => {
    const result = compileCalendar({
      timeZone: 'Nowhere',
      week: { mon: [['17:00', '07:00']], sunday: [] },
      exceptions: [{ date: '2023-13-01', kind: 'off' }],
    });
    expect(result.ok ? [] : result.errors.map((error) => error.code)).toEqual([
      'calendar/unknown-zone',
      'calendar/unknown-weekday',
      'calendar/reversed-window',
      'calendar/unknown-date',
    ]);
  });
});

describe('accepted calendars', () => {
  test.each(Object.keys(CALENDARS))('%s of the tables', (name) => {
    expect(compileCalendar(CALENDARS[name])).toMatchObject({ ok: true });
  });

  test('windows that touch, seconds, the end of the day, fields of its own', () => {
    const week = {
      mon: [
        ['00:00', '07:00:30'],
        ['07:00:30', '24:00'],
      ],
    };
    expect(compileCalendar({ ...OFFICE, week, name: 'UBND', verified: false })).toMatchObject({ ok: true });
  });

  test('seasons side by side over the new year and 29 February', () => {
    const week = { tue: [['08:00', '12:00']] };
    const seasons = [
      { from: '10-16', to: '02-29', week },
      { from: '03-01', to: '04-15', week },
    ];
    expect(compileCalendar({ ...OFFICE, seasons })).toMatchObject({ ok: true });
  });
});

test('anything at all is accepted or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.anything(), (week, seasons, exceptions) => {
      const result = compileCalendar({ ...OFFICE, week, seasons, exceptions });
      expect(result.ok || result.errors.length > 0).toBe(true);
    }),
  );
});
