import { describe, expect, it } from 'vitest';
import { type IndicatorSet, scoreSet } from '../../../../core/scoring/index.ts';
import { blankRow } from './sheet.ts';
import { lostNowOf, wonBack, worthOf } from './won-back.ts';

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
    const same = { before: () => 6, now: (id: string) => (id === 'd' ? null : 6) };
    expect(wonBack(before, (id) => now.get(id) ?? null, same)).toEqual(
      [
        { id: 'a', name: 'A', lostBefore: 5, lostNow: 1.25, wonBack: 3.75 },
        { id: 'b', name: 'B', lostBefore: 2, lostNow: 0, wonBack: 2 },
        { id: 'c', name: 'C', lostBefore: 1.5, lostNow: 1.5, wonBack: 0 },
        { id: 'd', name: 'D', lostBefore: 1, lostNow: null, wonBack: null },
        { id: 'e', name: 'E', lostBefore: 0.3, lostNow: 0.4, wonBack: -0.1 },
      ].map((row) => ({ ...row, worth: null })),
    );
  });

  it('are not compared where the place is worth other points now: all that was lost of 1 is no point won back of 4', () => {
    expect(wonBack([lost('a', 2)], () => 1, { before: () => 4, now: () => 1 })).toEqual([
      { id: 'a', name: 'A', lostBefore: 2, lostNow: 1, wonBack: null, worth: { before: 4, now: 1 } },
    ]);
  });
});

describe('what is lost now', () => {
  const domain = (id: string, part: string, max: number) => ({
    id,
    name: id,
    max,
    part,
    criteria: [{ id: `${id}1`, name: id, max }],
  });
  const set: IndicatorSet = {
    ...{ id: 'thu', name: 'Thử', level: 'any', owner: 'Thử', validFrom: '2026-01-01', source: 'thử', verified: false },
    max: 100,
    parts: [
      { id: 'appraisal', name: 'Thẩm định', weight: 0.7 },
      { id: 'survey', name: 'Điều tra', weight: 0.3 },
    ],
    domains: [domain('a', 'appraisal', 60), domain('b', 'appraisal', 40)],
  };
  const row = (criterionId: string, selfPoints: number) => ({ ...blankRow(criterionId), selfPoints });
  const rows = [row('a1', 50), row('b1', 30)];

  it('of a part or a domain known only as a whole the year before is what its criteria lose', () => {
    const reply = scoreSet(set, { points: { a1: 50, b1: 30 }, parts: { survey: 90 } });
    if (!reply.ok) throw new Error(JSON.stringify(reply.errors));
    const { lost } = reply.score;
    const now = lostNowOf(
      set,
      undefined,
      { rows, score: reply.score },
      new Map(lost.map((one) => [one.id, one.points])),
    );
    // 10 of 60 and 10 of 40 of a part that is worth 70, and a tenth of 30.
    expect(['appraisal', 'survey', 'a', 'a1', 'b', 'gone'].map(now)).toEqual([14, 3, 7, 7, 7, null]);
  });

  it('is at most what a place is worth in the index, part by part', () => {
    const worth = worthOf(set, undefined);
    expect(['appraisal', 'survey', 'a', 'a1', 'b', 'gone'].map(worth)).toEqual([70, 30, 42, 42, 28, null]);
  });

  it('is nothing yet of what is not scored to the end', () => {
    const now = lostNowOf(set, undefined, { rows: rows.slice(0, 1), score: undefined }, new Map([['a1', 7]]));
    expect(['appraisal', 'survey', 'a', 'a1', 'b'].map(now)).toEqual([null, null, 7, 7, null]);
  });
});
