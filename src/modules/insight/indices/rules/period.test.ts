import { describe, expect, it } from 'vitest';
import type { IndicatorSet } from '../../../../core/scoring/index.ts';
import { figuresOld, freezableFrom } from './period.ts';

const typed: IndicatorSet = {
  id: 'thu',
  name: 'Bộ thử',
  level: 'commune',
  owner: 'Thành phố',
  validFrom: '2026-01-01',
  max: 100,
  domains: [{ id: 'a', name: 'A', max: 100, criteria: [{ id: 'a1', name: 'A1', max: 100, rule: { kind: 'manual' } }] }],
  source: 'Thử',
  verified: false,
};
const sub = { id: 'a11', name: 'A11', max: 100, metric: 'register:de-an-06/cards' };
const measured: IndicatorSet = {
  ...typed,
  domains: [{ id: 'a', name: 'A', max: 100, criteria: [{ id: 'a1', name: 'A1', max: 100, criteria: [sub] }] }],
};
const parts = (id: string): IndicatorSet => ({
  ...typed,
  parts: [
    { id: 'own', name: 'Thẩm định', weight: 0.7 },
    { id, name: 'Điều tra', weight: 0.3 },
  ],
  domains: [{ id: 'a', name: 'A', max: 100, part: 'own' }],
});

describe('the first day a round can be frozen', () => {
  it.each([
    ['a criterion scored by a register', measured, 2026, '2026-11-22', '2027-01-01'],
    ['the last day of the year', measured, 2026, '2026-12-31', '2027-01-01'],
    ['the day after', measured, 2026, '2027-01-01', null],
    ['a year long past', measured, 2022, '2026-11-22', null],
    ['points that are typed alone', typed, 2026, '2026-11-22', null],
    ['a part taken from a survey', parts('survey'), 2026, '2026-11-22', '2027-01-01'],
    ['a part that is typed', parts('experts'), 2026, '2026-11-22', null],
    ['figures of others', { ...measured, importOnly: true }, 2026, '2026-11-22', null],
    ['figures of others with a survey', { ...parts('survey'), importOnly: true }, 2026, '2026-11-22', '2027-01-01'],
  ] as const)('%s', (_, set, year, today, day) => {
    expect(freezableFrom(set, year, today)).toBe(day);
  });
});

describe('figures of a sheet that was sent', () => {
  const at = (wall: string) => new Date(`${wall}+07:00`);
  it.each([
    ['measured while the year ran', measured, 'settled', at('2026-11-18T10:00:00'), true],
    ['in the last minute of its last day', measured, 'answered', at('2026-12-31T23:59:59'), true],
    ['in the first of the next year', measured, 'settled', at('2027-01-01T00:00:00'), false],
    ['nobody knows when', measured, 'submitted', null, true],
    ['the unit scores itself: they are as of now', measured, 'scoring', at('2026-11-18T10:00:00'), false],
    ['points that are typed alone', typed, 'settled', at('2026-11-18T10:00:00'), false],
    ['figures of others', { ...measured, importOnly: true }, 'settled', null, false],
  ] as const)('%s', (_, set, state, measuredAt, old) => {
    expect(figuresOld(set, 2026, { state, measuredAt }, 'commune')).toBe(old);
  });

  it('are none where what is measured does not apply to the level of the unit', () => {
    const skipped = { ...sub, notFor: [{ level: 'commune', treat: 'skip' as const }] };
    const [domain] = measured.domains ?? [];
    const set = { ...measured, domains: domain ? [{ ...domain, criteria: [skipped] }] : [] };
    const sheet = { state: 'settled', measuredAt: null } as const;
    expect(figuresOld(set, 2026, sheet, 'commune')).toBe(false);
    expect(figuresOld(set, 2026, sheet, 'district')).toBe(true);
  });
});
