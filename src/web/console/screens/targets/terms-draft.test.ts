import { describe, expect, it } from 'vitest';
import type { TargetTerms } from '../../../../modules/insight/targets/rules/definition.ts';
import { draftOf, findMissing, NEW_DRAFT, termsOf } from './terms-draft.ts';

const filled = { ...NEW_DRAFT, name: 'Số hóa', sourceText: 'Kế hoạch', owner: 'Văn phòng', goal: '64,5' };

describe('the form of a target', () => {
  it('reads numbers as people type them, and takes direction from the goal', () => {
    expect(findMissing(filled)).toEqual([]);
    expect(termsOf(filled, undefined, undefined)).toMatchObject({
      goal: { atLeast: 64.5 },
      direction: 'up',
      unit: 'percent',
      nearShare: 0.9,
      value: { manual: true },
    });
    const late = { ...filled, relation: 'at-most' as const, value: 'metric:open-late', goal: '1.200' };
    expect(termsOf(late, undefined, 'count')).toMatchObject({
      goal: { atMost: 1200 },
      direction: 'down',
      unit: 'count',
      value: { metric: 'open-late' },
    });
  });

  it('asks for what is missing and what is no number', () => {
    expect(findMissing(NEW_DRAFT)).toEqual(['name', 'sourceText', 'owner', 'goal']);
    expect(findMissing({ ...filled, goal: 'sáu mươi', planned: 'x' })).toEqual(['planned', 'goal']);
    expect(findMissing({ ...filled, goal: '', relation: 'not-below' })).toEqual([]);
    expect(findMissing({ ...filled, relation: 'not-below', reference: 'unit' })).toEqual(['referenceUnit']);
    expect(findMissing({ ...filled, baseValue: '0' })).toEqual(['baseLabel']);
  });

  it('gives back what it was given', () => {
    const unitId = '01890000-0000-7000-8000-000000000001';
    const all: TargetTerms[] = [
      termsOf(filled, undefined, undefined),
      termsOf({ ...filled, relation: 'band', band: 'Tốt' }, undefined, undefined),
      termsOf(
        { ...filled, relation: 'not-below', reference: 'unit', referenceUnit: unitId, value: 'metric:online-rate' },
        undefined,
        'percent',
      ),
      termsOf(
        { ...filled, planned: '12.000', derived: true, baseValue: '0', baseLabel: 'năm trước' },
        undefined,
        undefined,
      ),
      { ...termsOf(filled, undefined, undefined), value: { survey: 'sipas', factor: 'x' } },
    ];
    for (const terms of all) {
      const metric = 'metric' in terms.value ? 'percent' : undefined;
      expect(termsOf(draftOf(terms), terms, metric)).toEqual(terms);
    }
  });
});
