import type { Criterion, Domain, IndicatorSet, SubCriterion } from '../../../../core/scoring/index.ts';

/** One line of the tree of a set. `depth` 0: a domain, 1: a criterion, 2: a sub-criterion. */
export type TreeLine = {
  readonly id: string;
  readonly depth: 0 | 1 | 2;
  readonly item: Domain | Criterion | SubCriterion;
  /** Whether it has members of its own, and so no rule. */
  readonly parent: boolean;
};

export function linesOf(set: IndicatorSet): TreeLine[] {
  return (set.domains ?? []).flatMap((domain): TreeLine[] => [
    { id: domain.id, depth: 0, item: domain, parent: domain.criteria !== undefined },
    ...(domain.criteria ?? []).flatMap((criterion): TreeLine[] => [
      { id: criterion.id, depth: 1, item: criterion, parent: criterion.criteria !== undefined },
      ...(criterion.criteria ?? []).map((sub): TreeLine => ({ id: sub.id, depth: 2, item: sub, parent: false })),
    ]),
  ]);
}

type Item = Domain | Criterion | SubCriterion;

/** The set with one item changed; `undefined` takes it out, and a member list that is then empty goes too. */
export function withItem(set: IndicatorSet, id: string, change: (item: Item) => Item | undefined): IndicatorSet {
  const walk = <T extends Item>(items: readonly T[]): T[] =>
    items.flatMap((item) => {
      if (item.id === id) return (change(item) as T | undefined) ?? [];
      if (!('criteria' in item) || item.criteria === undefined) return [item];
      const { criteria, ...rest } = item;
      const kept = walk(criteria as Item[]);
      return [(kept.length === 0 ? rest : { ...rest, criteria: kept }) as T];
    });
  const domains = walk(set.domains ?? []);
  const { domains: _, ...rest } = set;
  return domains.length === 0 ? rest : { ...rest, domains };
}

/**
 * A new member below an item, or a new domain; its id is free in the set. The parent loses its own rule.
 * @param taken ids that are not free either
 */
export function withNew(
  set: IndicatorSet,
  parentId: string | undefined,
  name: string,
  taken: readonly string[] = [],
): IndicatorSet {
  const used = new Set([...linesOf(set).map((line) => line.id), ...(set.parts ?? []).map((part) => part.id), ...taken]);
  let n = used.size + 1;
  while (used.has(`muc-${n}`)) n += 1;
  const made: SubCriterion = { id: `muc-${n}`, name, max: 0 };
  if (parentId === undefined) return { ...set, domains: [...(set.domains ?? []), made] };
  return withItem(set, parentId, (item) => {
    const { rule: _, metric: __, zeroDenominator: ___, ...rest } = item as Criterion;
    return { ...rest, criteria: [...((item as Criterion).criteria ?? []), made] } as Item;
  });
}
