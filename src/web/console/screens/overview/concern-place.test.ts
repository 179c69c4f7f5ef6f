import { expect, test } from 'vitest';
import type { ConcernType } from '../../../../modules/insight/overview/contract.ts';
import { causesOf, isFolded, placeOf } from './concern-place.ts';

const line = (kind: ConcernType['kind'], more: Partial<ConcernType> = {}): ConcernType => ({
  kind,
  light: 'red',
  count: 12,
  since: null,
  unitId: null,
  unitName: '',
  who: null,
  subject: null,
  refId: null,
  otherUnits: 3,
  ...more,
});

test('a folded line leads to a list of what it counts, not of everything', () => {
  expect(placeOf(line('finding-late'), '2026-11-23')).toEqual({ to: '/suc-khoe-don-vi', search: { 'qua-han': '1' } });
  expect(placeOf(line('action-late'), '2026-11-23')).toEqual({
    to: '/chi-tieu',
    search: { ngan: 'viec', loc: 'late' },
  });
  expect(placeOf(line('report-late'), '2026-11-23')).toEqual({ to: '/bao-cao', search: { phia: 'nhan', loc: 'late' } });
  expect(placeOf(line('target-behind'), '2026-11-23')).toEqual({ to: '/chi-tieu', search: { ngan: 'don-vi-duoi' } });
  expect(placeOf(line('target-behind', { light: 'amber', otherUnits: 1 }), '2026-11-23')).toEqual({
    to: '/chi-tieu',
    search: { den: 'near' },
  });
  expect(isFolded(line('finding-late'))).toBe(true);
});

test('a single thing leads to itself', () => {
  expect(placeOf(line('finding-late', { refId: 'a' }), '2026-11-23')).toEqual({ to: '/suc-khoe-don-vi/a' });
  expect(placeOf(line('target-behind', { refId: 'a' }), '2026-11-23')).toEqual({ to: '/chi-tieu/a' });
  expect(isFolded(line('target-behind', { refId: 'a' }))).toBe(false);
});

test('apologies owed lead to those of the unit, over the days they were counted', () => {
  const days = { tu: '2026-01-01', den: '2026-11-23' };
  const own = line('apology-owed', { unitId: 'u' });
  expect(placeOf(own, '2026-11-23')).toEqual({ to: '/xin-loi', search: { 'don-vi': 'u', ...days } });
  expect(placeOf(line('apology-owed'), '2026-11-23')).toEqual({ to: '/xin-loi', search: days });
  expect(causesOf(own, '2026-11-23')).toEqual({ 'giai-quyet': 'u', ...days });
  expect(causesOf(line('apology-owed'), '2026-11-23')).toEqual(days);
});
