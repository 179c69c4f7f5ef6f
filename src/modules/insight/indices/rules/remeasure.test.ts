import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Figure, remeasured } from './remeasure.ts';
import { blankRow, type CriterionRow, storedPoints } from './sheet.ts';

const criterion = { id: 'a', name: 'A', max: 14, rule: { kind: 'linear' as const }, metric: 'm' };
const measure = (numerator: number, denominator: number, definitionId = 'm@2026-01-01') => ({
  numerator,
  denominator,
  definitionId,
});
const row = (over: Partial<CriterionRow>): CriterionRow => ({ ...blankRow('a'), version: 1, ...over });
/** 80 of 100, measured: 11.2 points. */
const sent = row({ numerator: 80, denominator: 100, definitionId: 'm@2026-01-01', selfPoints: 11.2 });
const figure = (numerator: number | null, denominator: number | null, points: number | null): Partial<Figure> => ({
  numerator,
  denominator,
  points,
});

describe('a criterion measured again', () => {
  it('moves with what was counted; points that were only accepted follow', () => {
    const found = remeasured(criterion, { ...sent, appraisedPoints: 11.2 }, measure(90, 110));
    expect(found).toMatchObject({
      listed: {
        was: figure(80, 100, 11.2),
        is: figure(90, 110, 11.4545),
        appraisedWas: 11.2,
        appraisedIs: 11.4545,
        confirm: false,
      },
      change: { numerator: 90, denominator: 110, selfPoints: 11.4545, appraisedPoints: 11.4545 },
    });
  });

  it('leaves points given by hand as they are, to be confirmed', () => {
    const byHand = { ...sent, appraisedPoints: 9, appraisedReason: 'Trừ hồ sơ trùng' };
    const found = remeasured(criterion, byHand, measure(90, 110));
    expect(found?.listed).toMatchObject({ appraisedWas: 9, appraisedIs: 9, confirm: true });
    expect(found?.change).toMatchObject({ selfPoints: 11.4545 });
    expect(found?.change).not.toHaveProperty('appraisedPoints');
  });

  it.each([
    ['the same counts: nothing', { ...sent, appraisedPoints: 9, appraisedReason: 'x' }, measure(80, 100), undefined],
    [
      'by hand, but the figure came to the same points',
      { ...sent, appraisedPoints: 7, appraisedReason: 'x' },
      measure(50, 100),
      false,
    ],
    [
      'other counts of the same points, by hand',
      { ...sent, appraisedPoints: 9, appraisedReason: 'x' },
      measure(160, 200),
      true,
    ],
    [
      'a reason beside the same points: by hand too',
      { ...sent, appraisedPoints: 11.2, appraisedReason: 'x' },
      measure(90, 100),
      true,
    ],
    ['not appraised yet', sent, measure(90, 100), false],
    [
      'another definition that counts the same',
      { ...sent, appraisedPoints: 9, appraisedReason: 'x' },
      measure(80, 100, 'm@2026-06-01'),
      false,
    ],
    [
      'typed by the unit and accepted, counted by now',
      row({ selfPoints: 12, appraisedPoints: 12 }),
      measure(80, 100),
      true,
    ],
    ['typed and nothing counted still', row({ selfPoints: 12, appraisedPoints: 12 }), undefined, undefined],
    ['nobody had given anything', undefined, measure(80, 100), false],
    ['counted once, nothing counted now', { ...sent, appraisedPoints: 11.2 }, undefined, true],
    ['nothing counted now, not appraised yet', sent, undefined, false],
    ['nothing of nothing, which gives no points', { ...sent, appraisedPoints: 11.2 }, measure(0, 0), true],
  ] as const)('%s', (_, before, counted, confirm) => {
    expect(remeasured(criterion, before, counted)?.listed.confirm).toBe(confirm);
  });

  it('keeps the old figure as one that was typed where nothing is counted any more', () => {
    expect(remeasured(criterion, sent, undefined)).toMatchObject({
      listed: { was: figure(80, 100, 11.2), is: null },
      change: { definitionId: null },
    });
  });

  it('changes nothing a second time, never the points given by hand, and gives the points of the rule', () => {
    const count = fc.integer({ min: 0, max: 10_000 });
    const before = fc.record({
      numerator: count,
      denominator: count,
      definitionId: fc.constantFrom('m@2026-01-01', null),
      selfPoints: fc.constantFrom(0, 7, 11.2, 14, null),
      appraisedPoints: fc.constantFrom(0, 7, 11.2, 14, null),
      appraisedReason: fc.constantFrom('', 'x'),
    });
    fc.assert(
      fc.property(before, count, count, (given, top, more) => {
        const start = row(given);
        const counted = measure(top, top + more);
        const found = remeasured(criterion, start, counted);
        if (!found) return;
        const after = { ...start, ...found.change };
        expect(remeasured(criterion, after, counted)).toBeUndefined();
        if (start.appraisedReason !== '') expect(after.appraisedPoints).toBe(start.appraisedPoints);
        if (found.listed.is) expect(after.selfPoints).toBe(storedPoints(criterion, counted));
        // What nobody has to confirm is nowhere away from the figure, unless it was so before.
        if (found.listed.is && !found.listed.confirm && found.change.selfPoints !== start.selfPoints)
          expect([after.selfPoints, null]).toContain(after.appraisedPoints);
      }),
    );
  });
});
