import { describe, expect, it } from 'vitest';
import type { TargetTerms } from '../../../../modules/insight/targets/rules/definition.ts';
import { chooseSource, draftOf, findFaults, mayMove, NEW_DRAFT, termsOf } from './terms-draft.ts';

const filled = { ...NEW_DRAFT, name: 'Số hóa', sourceText: 'Kế hoạch', owner: 'Văn phòng', goal: '64,5' };

describe('the form of a target', () => {
  it('reads numbers as people type them, and takes direction from the goal', () => {
    expect(findFaults(filled)).toEqual({});
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

  it('takes a measure of a register with the unit it has, and its figures from nowhere else', () => {
    const typed = { ...filled, value: 'register:nha-van-hoa/count', goal: '12' };
    expect(termsOf(typed, undefined, 'count')).toMatchObject({
      value: { register: 'nha-van-hoa', measure: 'count' },
      unit: 'count',
      goal: { atLeast: 12 },
    });
    expect(mayMove(typed.value, undefined)).toBe(false);
  });

  it('asks for what is missing, what is no number and what cannot be meant', () => {
    expect(findFaults(NEW_DRAFT)).toEqual({ name: 'empty', owner: 'empty', sourceText: 'empty', goal: 'empty' });
    expect(findFaults({ ...filled, goal: 'sáu mươi', planned: 'x' })).toEqual({ planned: 'number', goal: 'number' });
    expect(findFaults({ ...filled, goal: '', relation: 'not-below' })).toEqual({});
    expect(findFaults({ ...filled, relation: 'not-below', reference: 'unit' })).toEqual({ referenceUnit: 'empty' });
    expect(findFaults({ ...filled, baseValue: '0' })).toEqual({ baseLabel: 'empty' });
  });

  it.each<[keyof typeof filled, string, string | undefined]>([
    ['decimals', 'abc', 'number'],
    ['decimals', '5', 'range'],
    ['decimals', '1,5', 'range'],
    ['decimals', '', 'empty'],
    ['weight', '-1', 'range'],
    ['weight', '1.000', undefined],
    ['near', '900', 'range'],
    ['minimum', '0', 'range'],
    ['minimum', '20', undefined],
    ['planned', '0', 'range'],
  ])('of %s “%s” is %s', (name, typed, fault) => {
    expect(findFaults({ ...filled, [name]: typed })[name]).toBe(fault);
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

  it('compares by the figure chosen now: one kept from before goes with the source it was kept for', () => {
    const before: TargetTerms = {
      ...termsOf({ ...filled, relation: 'not-below', value: 'metric:late-of-finished' }, undefined, 'percent'),
      goal: { notBelow: { of: 'parent', metric: 'steps-late-rate' } },
    };
    const draft = draftOf(before);
    expect(termsOf(draft, before, 'percent').goal).toEqual(before.goal);
    expect(termsOf({ ...draft, reference: 'average-of-siblings' }, before, 'percent').goal).toEqual({
      notBelow: { of: 'average-of-siblings', metric: 'steps-late-rate' },
    });
    expect(termsOf({ ...draft, value: 'metric:online-rate' }, before, 'percent').goal).toEqual({
      notBelow: { of: 'parent' },
    });
  });

  it('leaves a goal that looks at others only with a source that is counted of them', () => {
    const moving = { ...filled, relation: 'not-below' as const, value: 'metric:online-rate' };
    expect(chooseSource(moving, 'metric:late-of-finished', undefined)).toEqual({ value: 'metric:late-of-finished' });
    expect(chooseSource(moving, 'manual', undefined)).toEqual({ value: 'manual', relation: 'at-least' });
    expect(chooseSource({ ...moving, relation: 'not-above' }, 'manual', undefined)).toMatchObject({
      relation: 'at-most',
    });
    expect(chooseSource(filled, 'manual', undefined)).toEqual({ value: 'manual' });
    // A source the form does not offer keeps the goal it has: own counts only, against the province.
    const own: TargetTerms = {
      ...termsOf(moving, undefined, 'percent'),
      value: { metric: 'online-rate', roll: 'own' },
    };
    expect(mayMove(draftOf(own).value, own)).toBe(true);
    const typed: TargetTerms = {
      ...termsOf(filled, undefined, undefined),
      goal: { notBelow: { of: 'parent', metric: 'online-rate' } },
    };
    expect(mayMove('manual', typed)).toBe(true);
    expect(termsOf(draftOf(typed), typed, undefined)).toEqual(typed);
    expect(mayMove('manual', own)).toBe(false);
  });
});
