import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../core/time/index.ts';
import { type Assignment, layAssignment } from './assignments.ts';

const OFFICE: Assignment = { calendarId: 'office', validFrom: '2020-01-01', validTo: null };

describe('laying a calendar over a period', () => {
  it('ends what was in force the day before, for good where the period is open', () => {
    expect(layAssignment([OFFICE], { calendarId: 'summer', from: '2026-06-01', to: null })).toEqual([
      { ...OFFICE, validTo: '2026-05-31' },
      { calendarId: 'summer', validFrom: '2026-06-01', validTo: null },
    ]);
  });

  it('lets what was in force go on behind a period that ends', () => {
    expect(layAssignment([OFFICE], { calendarId: 'summer', from: '2026-06-01', to: '2026-08-31' })).toEqual([
      { ...OFFICE, validTo: '2026-05-31' },
      { calendarId: 'summer', validFrom: '2026-06-01', validTo: '2026-08-31' },
      { ...OFFICE, validFrom: '2026-09-01' },
    ]);
  });

  it('takes a calendar away over a period', () => {
    expect(layAssignment([OFFICE], { calendarId: null, from: '2020-01-01', to: '2020-12-31' })).toEqual([
      { ...OFFICE, validFrom: '2021-01-01' },
    ]);
  });

  it('agrees day by day with saying the last word, whatever is laid over whatever', () => {
    const day = (n: number) => addDays('2026-01-01', n);
    const step = fc.record({
      calendarId: fc.constantFrom('a', 'b', null),
      start: fc.nat(30),
      length: fc.option(fc.nat(30)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let rows: readonly Assignment[] = [];
        for (const { calendarId, start, length } of steps) {
          rows = layAssignment(rows, {
            calendarId,
            from: day(start),
            to: length === null ? null : day(start + length),
          });
        }
        for (let n = 0; n < 70; n++) {
          const last = steps.findLast((s) => s.start <= n && (s.length === null || n <= s.start + s.length));
          const holding = rows.filter((r) => r.validFrom <= day(n) && (r.validTo === null || day(n) <= r.validTo));
          expect(holding.map((r) => r.calendarId)).toEqual(last?.calendarId ? [last.calendarId] : []);
        }
      }),
    );
  });
});
