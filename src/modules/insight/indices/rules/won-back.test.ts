import { describe, expect, it } from 'vitest';
import { wonBack } from './won-back.ts';

const lost = (id: string, points: number) => ({ id, name: id.toUpperCase(), domainName: '', points, sharePercent: 0 });

describe('points lost the year before', () => {
  it('are won back, still lost, lost again or more, or not known yet', () => {
    const before = [lost('a', 5), lost('b', 2), lost('c', 1.5), lost('d', 1), lost('e', 0.3)];
    const now = new Map([
      ['a', 1.25],
      ['b', 0],
      ['c', 1.5],
      ['e', 0.4],
    ]);
    expect(wonBack(before, (id) => now.get(id) ?? null)).toEqual([
      { id: 'a', name: 'A', lostBefore: 5, lostNow: 1.25, wonBack: 3.75 },
      { id: 'b', name: 'B', lostBefore: 2, lostNow: 0, wonBack: 2 },
      { id: 'c', name: 'C', lostBefore: 1.5, lostNow: 1.5, wonBack: 0 },
      { id: 'd', name: 'D', lostBefore: 1, lostNow: null, wonBack: null },
      { id: 'e', name: 'E', lostBefore: 0.3, lostNow: 0.4, wonBack: -0.1 },
    ]);
  });
});
