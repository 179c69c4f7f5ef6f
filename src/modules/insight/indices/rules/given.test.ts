import { expect, test } from 'vitest';
import type { Leaf } from '../../../../core/scoring/index.ts';
import { decideScore, type Given } from './given.ts';

const criterion: Leaf['criterion'] = { id: 'a', name: 'Hồ sơ đúng hạn', max: 10, rule: { kind: 'linear' } };

test.each<[string, Omit<Given, 'note'>, boolean, string | null]>([
  ['points up to the maximum are kept', { points: 10 }, false, null],
  ['points above the maximum are refused at their field', { points: 10.01 }, false, 'too-large points'],
  [
    'points beside counts that give points of their own are refused: nobody knows which were meant',
    { points: 3, numerator: 1, denominator: 2 },
    false,
    'both points',
  ],
  ['one count without the other is refused at the missing one', { numerator: 3 }, false, 'half denominator'],
  ['something of nothing is a slip of the pen', { numerator: 3, denominator: 0 }, false, 'of-nothing denominator'],
  [
    'nothing of nothing gives no points without a rule for it',
    { numerator: 0, denominator: 0 },
    false,
    'no-points numerator',
  ],
  ['a measured criterion takes no points', { points: 3 }, true, 'automatic points'],
  ['nothing at all takes a score back', {}, false, null],
])('%s', (_, given, automatic, fault) => {
  const decided = decideScore(criterion, { ...given, note: '' }, automatic);
  expect(decided.ok ? null : `${decided.fault.code} ${decided.fault.field}`).toBe(fault);
});
