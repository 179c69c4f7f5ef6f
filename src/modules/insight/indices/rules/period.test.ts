import { describe, expect, it } from 'vitest';
import type { IndicatorSet } from '../../../../core/scoring/index.ts';
import { freezableFrom } from './period.ts';

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
