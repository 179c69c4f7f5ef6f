import type { IndicatorSet, SubCriterion } from './set.ts';

/** A criterion that is scored itself: one without sub-criteria, or a sub-criterion. */
export type Leaf = {
  readonly criterion: SubCriterion;
  readonly domainId: string;
  readonly domainName: string;
  /** Name of the criterion above, of a sub-criterion. */
  readonly parentName: string | null;
};

/** How a level is treated that a criterion does not apply to; undefined: it applies. */
export function treatmentOf(
  criterion: Pick<SubCriterion, 'notFor'>,
  level: string | undefined,
): 'skip' | 'full' | undefined {
  return criterion.notFor?.find((each) => each.level === level)?.treat;
}

/**
 * What is to be scored, in the order of the set: leaves of the tree. A domain without criteria is one leaf, scored as a
 * whole. Criteria that do not apply to the level, or are given in full, are left out.
 */
export function leavesOf(set: IndicatorSet, level?: string): Leaf[] {
  return (set.domains ?? []).flatMap((domain): Leaf[] => {
    const at = { domainId: domain.id, domainName: domain.name };
    if (!domain.criteria) {
      const criterion: SubCriterion = { id: domain.id, name: domain.name, max: domain.max };
      return [
        {
          criterion: domain.note === undefined ? criterion : { ...criterion, note: domain.note },
          parentName: null,
          ...at,
        },
      ];
    }
    return domain.criteria
      .filter((criterion) => treatmentOf(criterion, level) === undefined)
      .flatMap((criterion): Leaf[] => {
        const { criteria, ...alone } = criterion;
        if (!criteria) return [{ criterion: alone, parentName: null, ...at }];
        return criteria
          .filter((sub) => treatmentOf(sub, level) === undefined)
          .map((sub) => ({ criterion: sub, parentName: criterion.name, ...at }));
      });
  });
}
