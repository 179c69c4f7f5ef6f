import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratesOf } from './board-rates.ts';
import { hiddenCells, minimumOn } from './suppress.ts';

test('the minimum is the one in force on the day', () => {
  const rules = [
    { validFrom: '2018-06-21', minimum: 5, source: '' },
    { validFrom: '2027-01-01', minimum: 10, source: '' },
  ];
  expect([minimumOn(rules, '2026-11-22'), minimumOn(rules, '2027-01-01'), minimumOn(rules, '2010-01-01')]).toEqual([
    5, 10, 1,
  ]);
});

test.each([
  ['nothing small', [5, 9, 0], [false, false, false]],
  ['one small takes the next smallest with it', [3, 40, 7], [true, false, true]],
  ['two that are enough together', [3, 4, 40], [true, true, false]],
  ['two that are too few together take a third', [1, 2, 40, 9], [true, true, false, true]],
  ['alone on the board', [3], [true]],
])('%s', (_, values, hidden) => expect(hiddenCells(values, 5)).toEqual(hidden));

test('units show shares, those with few dossiers stand last and say so', () => {
  const unit = (unitName: string, early: number, late: number, open: number, openLate: number) => {
    const none = { received: 0, resolved: early + late, onTime: 0 };
    return { unitId: unitName, unitName, early, late, open, openLate, ...none };
  };
  const rows = [unit('C', 1, 0, 0, 0), unit('B', 30, 10, 9, 3), unit('A', 4, 2, 20, 1), unit('D', 0, 0, 40, 0)];
  expect(ratesOf(rows, 5)).toEqual([
    { unitId: 'B', unitName: 'B', inTime: 75, early: 75, late: 25, openLate: 33.3 },
    { unitId: 'D', unitName: 'D', inTime: null, early: null, late: null, openLate: 0 },
    { unitId: 'A', unitName: 'A', inTime: 'few', early: 'few', late: 'few', openLate: 5 },
    { unitId: 'C', unitName: 'C', inTime: 'few', early: 'few', late: 'few', openLate: null },
  ]);
});

test('what the total gives away is nothing, or of several units and no small number', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 12 }), (values) => {
      const hidden = hiddenCells(values, 5);
      const left = values.filter((value, at) => hidden[at] && value > 0);
      const enough = left.length >= 2 && left.reduce((sum, value) => sum + value, 0) >= 5;
      const nothingElse = values.every((value, at) => value === 0 || hidden[at]);
      expect(left.length === 0 || enough || nothingElse).toBe(true);
      values.forEach((value, at) => {
        if (value > 0 && value < 5) expect(hidden[at]).toBe(true);
      });
    }),
  );
});
