import { describe, expect, test } from 'vitest';
import { calendarNamed, readAllowance, readMoment, readTable } from './case-tables.test-support.ts';
import { checkStepAllowances, classify, latenessMinutes } from './index.ts';

interface PunctualityRow {
  case: string;
  due: string | null;
  end: string;
  byDate: string;
  byInstant: string;
  lateMinutes: number;
}

describe('punctuality.yaml', () => {
  const office = calendarNamed('office-8h');
  test.each(readTable<PunctualityRow>('punctuality.yaml'))('$case', (row) => {
    const due = row.due === null ? null : readMoment(row.due);
    const end = readMoment(row.end);
    expect({
      byDefault: classify(due, end),
      byDate: classify(due, end, 'by-date'),
      byInstant: classify(due, end, 'by-instant'),
      lateMinutes: latenessMinutes(office, due, end),
    }).toEqual({
      byDefault: row.byDate,
      byDate: row.byDate,
      byInstant: row.byInstant,
      lateMinutes: row.lateMinutes,
    });
  });

  test('the date is that of the zone', () => {
    const [due, end] = [new Date('2023-08-31T16:00:00Z'), new Date('2023-08-31T18:00:00Z')];
    expect(classify(due, end, 'by-date')).toBe('late');
    expect(classify(due, end, 'by-date', 'UTC')).toBe('on-time');
  });
});

interface PlanRow {
  case: string;
  steps: string[];
  limit: string;
  hoursPerDay?: number;
  total?: number;
  code?: string;
}

describe('step-plans.yaml', () => {
  test.each(readTable<PlanRow>('step-plans.yaml'))('$case', (row) => {
    const result = checkStepAllowances(row.steps.map(readAllowance), readAllowance(row.limit), {
      workingHoursPerDay: row.hoursPerDay,
    });
    if (row.code === undefined) expect(result).toEqual({ ok: true, total: row.total });
    else expect(result).toMatchObject({ ok: false, error: { code: row.code } });
  });
});
