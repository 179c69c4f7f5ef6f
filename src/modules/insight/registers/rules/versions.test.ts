import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRegister } from '../content.ts';
import { beginsPeriod, lintDesign } from './design.ts';
import { placeInWords } from './design-place.ts';
import { askedPeriod, periodsEnding, periodsUntil, periodsWithin, registerPeriod, versionWith } from './period.ts';
import type { RegisterDefinition } from './register.ts';
import { registerOn } from './versions.ts';

function register(id: string): RegisterDefinition {
  const found = findRegister(id);
  if (!found) throw new Error(id);
  return found;
}
const monthly = register('de-an-06');
const versions = (...days: readonly string[]): RegisterDefinition[] =>
  days.map((validFrom, at) => ({ ...monthly, validFrom, deadlineDays: at + 1 }));

describe('a register with versions', () => {
  it('has every period once, each of the version that had begun when the period began', () => {
    const days = ['2023-01-01', '2023-04-01', '2023-09-01'] as const;
    const one = registerOn(versions(...days), '2023-12-31', null);
    expect(periodsWithin(one, '2023-01-01', '2023-12-31').map((period) => period.id)).toHaveLength(12);
    expect(['2023-03', '2023-04', '2023-08', '2023-09'].map((id) => versionWith(one, id)?.validFrom)).toEqual([
      days[0],
      days[1],
      days[1],
      days[2],
    ]);
    expect(registerPeriod(one, '2023-08')?.deadline).toBe('2023-09-02');
    expect(registerPeriod(one, '2022-12')).toBeUndefined();
    expect(periodsUntil(one, '2023-10-05', 99)).toHaveLength(10);
    expect(periodsEnding(one, null, '2023-04-15').map((period) => period.id)).toEqual(['2023-03']);
  });

  it('is asked for the last period of the old version when the new one has just begun', () => {
    const one = registerOn(versions('2023-01-01', '2023-09-01'), '2023-09-02', null);
    expect(askedPeriod(one, '2023-09-02')).toMatchObject({ id: '2023-08', deadline: '2023-09-01' });
  });

  it('does not know a version before its day, unless there is no other', () => {
    const all = versions('2023-01-01', '2023-09-01');
    expect(registerOn(all, '2023-08-31', null)).toEqual(all[0]);
    expect(registerOn(all.slice(1), '2023-01-01', null).validFrom).toBe('2023-09-01');
  });

  it('has no period that begins after its last day', () => {
    const one = registerOn(versions('2023-01-01', '2023-04-01'), '2023-12-31', '2023-06-30');
    expect(registerPeriod(one, '2023-06')).toBeDefined();
    expect(registerPeriod(one, '2023-07')).toBeUndefined();
    const rounds = registerOn([register('staff-obligations')], '2026-12-31', '2025-01-01');
    expect(periodsUntil(rounds, '2026-12-31', 9)).toHaveLength(1);
  });

  it('keeps a round with the version it began under', () => {
    const first = register('staff-obligations');
    const second = {
      ...first,
      validFrom: '2026-01-01',
      rounds: (first.rounds ?? []).map((round) => ({ ...round, close: '2027-12-31' })),
    };
    const one = registerOn([first, second], '2026-10-05', null);
    expect(registerPeriod(one, 'dot-2023-09')?.close).toBe('2023-10-31');
    expect(registerPeriod(one, 'dot-2026-q4')?.close).toBe('2027-12-31');
    expect(periodsUntil(one, '2026-10-05', 9)).toHaveLength(2);
  });

  it('has as many periods as one version would have, wherever the versions begin', () => {
    const month = fc.integer({ min: 1, max: 12 }).map((n) => `2023-${String(n).padStart(2, '0')}-01`);
    fc.assert(
      fc.property(fc.uniqueArray(month, { minLength: 1, maxLength: 5 }), (starts) => {
        const days = starts.toSorted();
        const [first = ''] = days;
        const one = registerOn(versions(...days), '2023-12-31', null);
        const single = { ...monthly, validFrom: first };
        const ids = (of: RegisterDefinition) => periodsUntil(of, '2023-12-31', 99).map((period) => period.id);
        expect(ids(one)).toEqual(ids(single));
        for (const id of ids(one)) {
          const begun = days.filter((day) => day <= `${id}-01`).at(-1);
          expect(versionWith(one, id)?.validFrom).toBe(begun);
        }
      }),
    );
  });
});

describe('a design', () => {
  const places = (change: Partial<RegisterDefinition>, before: RegisterDefinition | null = null) =>
    lintDesign({ ...monthly, ...change }, before).map(({ path }) => path);

  it('is told its blanks, wrong codes and days that are none', () => {
    expect(places({})).toEqual([]);
    expect(places({ name: ' ', source: '' })).toEqual(['name', 'source']);
    expect(places({ validFrom: '2023-02-30' })).toEqual(['validFrom']);
    expect(places({ enteredBy: { who: 'UBND cấp xã', levels: [] } })).toEqual(['enteredBy.levels']);
    const [measure] = monthly.measures;
    expect(places({ measures: measure ? [{ ...measure, id: 'Chỉ số' }] : [] })).toEqual(['measures[0].id']);
    const round = { id: 'dot-1', name: 'Đợt 1', from: '', to: '', deadline: '', close: '' };
    expect(lintDesign({ ...monthly, frequency: 'campaign', rounds: [round] }, null).map((one) => one.message)).toEqual([
      'chưa ghi ngày bắt đầu',
      'chưa ghi ngày kết thúc',
      'chưa ghi hạn nhập',
      'chưa ghi ngày khóa sổ',
    ]);
  });

  it('that follows another one keeps what figures mean', () => {
    expect(places({}, monthly)).toEqual([]);
    expect(places({ tree: 'sum', overTime: 'sum' }, monthly)).toEqual(['tree', 'overTime']);
    expect(places({ measures: monthly.measures.slice(1) }, monthly)).toEqual(['measures']);
    const rounds = register('staff-obligations');
    const later = { ...rounds, validFrom: '2024-01-01', rounds: (rounds.rounds ?? []).slice(1) };
    expect(lintDesign(later, rounds).map(({ path }) => path)).toEqual(['rounds']);
  });

  it('begins with a period', () => {
    const begins = (frequency: RegisterDefinition['frequency'], day: string) => beginsPeriod({ frequency }, day);
    expect([begins('month', '2026-11-01'), begins('month', '2026-11-02')]).toEqual([true, false]);
    expect([begins('quarter', '2026-10-01'), begins('quarter', '2026-11-01')]).toEqual([true, false]);
    expect([begins('year', '2026-01-01'), begins('year', '2026-02-01')]).toEqual([true, false]);
    expect(begins('campaign', '2026-11-17')).toBe(true);
  });

  it('is told its places in words', () => {
    const label = monthly.fields[1]?.label ?? '';
    expect(placeInWords('fields[1].formula', monthly)).toBe(`Ô thứ 2 “${label}”`);
    expect(placeInWords('enteredBy.levels', monthly)).toBe('Người nhập');
    expect(placeInWords('', monthly)).toBe('Cả sổ');
    expect(placeInWords('fields[1].label', { fields: 7 })).toBe('Ô thứ 2');
  });
});
