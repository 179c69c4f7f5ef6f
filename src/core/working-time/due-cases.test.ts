import { describe, expect, test } from 'vitest';
import { readTable } from './case-tables.test-support.ts';
import { runDueCases } from './index.ts';

const HOURS = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const CALENDARS = {
  office: { timeZone: 'Asia/Ho_Chi_Minh', week: { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS } },
  broken: {
    timeZone: 'Asia/Ho_Chi_Minh',
    week: {
      mon: [
        ['07:00', '11:30'],
        ['11:00', '12:00'],
      ],
    },
  },
  weightless: { timeZone: 'Asia/Ho_Chi_Minh', week: { mon: { windows: HOURS, weight: 0 } } },
  tokyo: { timeZone: 'Asia/Tokyo', week: { mon: HOURS, tue: HOURS } },
};
const GOOD = {
  id: 'good',
  calendar: 'office',
  receivedAt: '2023-08-21T09:00:00+07:00',
  allow: { unit: 'working-day', amount: 5 },
};
const run = (...cases: unknown[]) => runDueCases({ calendars: CALENDARS, cases });

describe('a file of cases', () => {
  test('gives one line per case in input order and counts the failed ones', () => {
    const report = run(
      { ...GOOD, id: 1 },
      { ...GOOD, id: 2, calendar: 'broken' },
      { ...GOOD, id: 3, events: [{ kind: 'pause', at: '2023-08-22T09:00:00+07:00' }] },
      { ...GOOD, id: 4, calendar: 'broken' },
      { ...GOOD, id: 5 },
    );
    expect(report.failed).toBe(2);
    expect(report.lines.map((line) => line.id)).toEqual([1, 2, 3, 4, 5]);
    expect(report.lines[0]).toEqual({ id: 1, dueAt: '2023-08-28T09:00:00+07:00' });
    expect(report.lines[1]).toEqual({
      id: 2,
      error: { code: 'calendar/overlapping-windows', message: expect.stringContaining('week.mon[1]') },
    });
    expect(report.lines[2]).toEqual({ id: 3, dueAt: null, pausedSince: '2023-08-22T09:00:00+07:00' });
    expect(report.lines[4]).toEqual({ id: 5, dueAt: '2023-08-28T09:00:00+07:00' });
  });

  test('prints the keys in the order of the contract', () => {
    expect(JSON.stringify(run(GOOD).lines[0])).toBe('{"id":"good","dueAt":"2023-08-28T09:00:00+07:00"}');
  });

  test('answers in the zone of the calendar', () => {
    expect(run({ ...GOOD, calendar: 'tokyo', allow: { unit: 'working-hour', amount: 1 } }).lines).toEqual([
      { id: 'good', dueAt: '2023-08-21T14:00:00+09:00' },
    ]);
  });

  test('understands an instant of another offset, and wall time without one', () => {
    const found = ['2023-08-21T02:00:00Z', '2023-08-21T09:00+07:00', '2023-08-21T09:00:00', '2023-08-21T09:00'].map(
      (receivedAt) => run({ ...GOOD, receivedAt }).lines[0],
    );
    for (const line of found) expect(line).toEqual({ id: 'good', dueAt: '2023-08-28T09:00:00+07:00' });
  });

  test('rounds a receipt with parts of a second up', () => {
    expect(run({ ...GOOD, receivedAt: '2023-08-21T09:00:00.001+07:00' }).lines).toEqual([
      { id: 'good', dueAt: '2023-08-28T09:00:01+07:00' },
    ]);
  });

  test.each(['amount', 'n', 'quantity', 'qty', 'value', 'count', 'days'])('reads the amount as %s', (name) => {
    expect(run({ ...GOOD, allow: { unit: 'working-day', [name]: 5 } }).failed).toBe(0);
  });

  test('reads the cut-off in its spellings', () => {
    for (const name of ['cutOff', 'cutoff']) {
      const late = { ...GOOD, receivedAt: '2023-08-21T16:00:00+07:00', allow: { unit: 'same-day', [name]: '16:00' } };
      expect(run(late).lines).toEqual([{ id: 'good', dueAt: '2023-08-21T17:00:00+07:00' }]);
    }
  });

  test('keeps the id as it came, and writes null where there is none', () => {
    expect(run({ ...GOOD, id: 7 }, { ...GOOD, id: undefined }, null, 'x').lines.map((line) => line.id)).toEqual([
      7,
      null,
      null,
      null,
    ]);
  });

  test.each([null, 5, [], {}, { calendars: {}, cases: {} }])('a file that is none is one error: %j', (file) => {
    expect(runDueCases(file)).toEqual({
      lines: [{ id: null, error: { code: 'due/bad-file', message: expect.any(String) } }],
      failed: 1,
    });
  });

  test('an empty list of cases is no failure', () => {
    expect(run()).toEqual({ lines: [], failed: 0 });
  });
});

describe('refused cases', () => {
  interface Row {
    case: string;
    with: Record<string, unknown>;
    code: string;
  }
  test.each(readTable<Row>('refused-cases.yaml'))('$case', (row) => {
    const report = run({ ...GOOD, ...row.with });
    expect(report.lines).toEqual([{ id: 'good', error: { code: row.code, message: expect.stringMatching(/\S/) } }]);
    expect(report.failed).toBe(1);
  });
});
