import { describe, expect, test } from 'vitest';
import { toIso } from '../time/index.ts';
import type { DueCase } from './case-tables.test-support.ts';
import {
  CALENDARS,
  calendarNamed,
  dueTables,
  readAllowance,
  readMoment,
  readTable,
} from './case-tables.test-support.ts';
import { runDueCases } from './index.ts';

/** Runs a row the way `motcua due` would: through JSON. */
function runRow(row: DueCase): { expected: unknown; found: unknown } {
  const zone = calendarNamed(row.calendar).timeZone;
  const iso = (text: string): string => toIso(readMoment(text, zone), zone);
  const phases = row.allow.split(' then ').map(readAllowance);
  const events = row.events?.map((text) => {
    const [, kind, at = '', reason] =
      /^(pause|resume|next-phase) (\S+ \S+ \S+)(?: (supplement|finance|agency))?$/.exec(text) ?? [];
    return { kind, at: iso(at), reason };
  });
  const { supplementPolicy } = row;
  const given = {
    id: row.case,
    calendar: row.calendar,
    receivedAt: iso(row.received),
    ...(phases.length === 1 ? { allow: phases[0] } : { phases }),
    ...(events ? { events } : {}),
    ...(supplementPolicy ? { supplementPolicy } : {}),
  };
  const file = JSON.parse(JSON.stringify({ calendars: CALENDARS, cases: [given] })) as unknown;
  const paused = row.due.replace(/^paused since /, '');
  const expected =
    paused === row.due
      ? { id: row.case, dueAt: iso(row.due) }
      : { id: row.case, dueAt: null, pausedSince: iso(paused) };
  return { expected, found: runDueCases(file).lines[0] };
}

describe.each(dueTables())('%s', (name) => {
  test.each(readTable<DueCase>(name))('$case', (row) => {
    const { expected, found } = runRow(row);
    expect(found).toEqual(expected);
  });
});

test('there are at least two hundred and twenty cases, no two alike', () => {
  const rows = dueTables().flatMap((name) => readTable<DueCase>(name));
  const questions = new Set(rows.map((row) => JSON.stringify({ ...row, case: '', due: '' })));
  expect(rows.length).toBeGreaterThanOrEqual(220);
  expect(rows.length - questions.size).toBeLessThanOrEqual(5);
});
