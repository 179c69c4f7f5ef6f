import { describe, expect, it } from 'vitest';
import { type ClosingRule, periodsDue } from './closing-plan.ts';

const rule = (more: Partial<ClosingRule>): ClosingRule => ({
  cutoff: 'calendar',
  kinds: ['month'],
  daysAfter: 5,
  validFrom: '2026-07-01',
  source: 'x',
  verified: false,
  ...more,
});
const ids = (rules: readonly ClosingRule[], day: string): string[] =>
  periodsDue(rules, day).map((one) => `${one.id} ${one.cutoff}`);

describe('periods to close', () => {
  it('wait for the days after their end', () => {
    expect(ids([rule({})], '2026-09-04')).toEqual(['2026-07 calendar']);
    expect(ids([rule({})], '2026-09-05')).toEqual(['2026-07 calendar', '2026-08 calendar']);
  });
  it('begin with the rule and end with it', () => {
    expect(ids([rule({ validTo: '2026-08-31' })], '2027-03-01')).toEqual(['2026-07 calendar', '2026-08 calendar']);
  });
  it('of NĐ 09/2019 end on the 14th, the earliest end first', () => {
    const both = [rule({ cutoff: 'nd09', kinds: ['month', 'quarter', 'half', 'year'] }), rule({ kinds: ['year'] })];
    expect(ids(both, '2027-01-05')).toEqual([
      '2026-07 nd09',
      '2026-08 nd09',
      '2026-09 nd09',
      '2026-Q3 nd09',
      '2026-10 nd09',
      '2026-11 nd09',
      '2026 nd09',
      '2026-12 nd09',
      '2026-H2 nd09',
      '2026-Q4 nd09',
      '2026 calendar',
    ]);
  });
});
