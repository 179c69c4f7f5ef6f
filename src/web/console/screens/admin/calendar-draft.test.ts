import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../../../core/working-time/index.ts';
import { changedDates, definitionOf, draftOf, placeOfProblem, readHours } from './calendar-draft.ts';

const OFFICE = {
  timeZone: 'Asia/Ho_Chi_Minh',
  name: 'Giờ hành chính',
  week: {
    mon: [
      ['07:00', '11:30'],
      ['13:30', '17:00'],
    ],
    sat: { windows: [['07:00', '11:30']], weight: 0.5 },
  },
  seasons: [{ from: '04-16', to: '10-15', week: { mon: [['06:30', '11:00']] } }],
  exceptions: [
    { date: '2026-09-02', kind: 'off', note: 'Quốc khánh' },
    { date: '2026-09-05', kind: 'working', windows: [['08:00', '12:00']], weight: 0.5 },
  ],
};
const draft = draftOf(OFFICE);
const problems = (changed: typeof draft) => {
  const result = compileCalendar(definitionOf(changed));
  return result.ok ? [] : result.errors.map(({ path, code }) => [placeOfProblem(path), code]);
};

describe('a calendar in the editor', () => {
  it('says the same again when nothing was changed', () => {
    const { week, ...again } = definitionOf(draft);
    expect(again).toMatchObject({ timeZone: OFFICE.timeZone, name: OFFICE.name, exceptions: OFFICE.exceptions });
    expect(week).toMatchObject({ mon: OFFICE.week.mon, sat: OFFICE.week.sat, sun: [] });
    expect(draft.seasons[0]).toMatchObject({ from: '16/04', to: '15/10' });
    expect(problems(draft)).toEqual([]);
    expect(draftOf(definitionOf(draft))).toEqual(draft);
  });

  it.each([
    [
      '7h30-11h30, 13:30 – 17:00',
      [
        ['07:30', '11:30'],
        ['13:30', '17:00'],
      ],
    ],
    ['7-11', [['07:00', '11:00']]],
    [
      '07.30-11.30; 13h-17h',
      [
        ['07:30', '11:30'],
        ['13:00', '17:00'],
      ],
    ],
    ['00:00–24:00', [['00:00', '24:00']]],
    ['sáng', ['sáng']],
    ['', []],
  ])('reads the hours %j', (typed, windows) => {
    expect(readHours(typed)).toEqual(windows);
  });

  it('finds the place of every kind of problem', () => {
    const wrong = {
      ...draft,
      week: { ...draft.week, tue: { hours: '17:00-7:00', weight: '' }, wed: { hours: '7-11', weight: 'nửa' } },
      seasons: draft.seasons.map((one) => ({ ...one, from: '31/02' })),
      exceptions: [
        ...draft.exceptions,
        { key: 'x', date: '2026-09-02', kind: 'off' as const, hours: '', weight: '', note: '' },
      ],
    };
    expect(problems(wrong)).toEqual([
      ['week.tue', 'calendar/reversed-window'],
      ['week.wed', 'calendar/bad-weight'],
      ['seasons[0]', 'calendar/bad-season'],
      ['exceptions[2]', 'calendar/repeated-exception'],
    ]);
    expect(placeOfProblem('timeZone')).toBe('');
    expect(placeOfProblem('seasons[1].week.sat.weight')).toBe('seasons[1].week.sat');
  });

  it('names the dates that changed', () => {
    const [first] = draft.exceptions;
    expect(changedDates(draft, { ...draft, exceptions: first ? [first] : [] })).toEqual(['05/09/2026']);
    expect(changedDates(draft, draft)).toEqual([]);
  });
});
