/**
 * Small numbers of the public board: a share of three dossiers tells of people, not of an office. The rule is data,
 * from when on and from which number on a share is shown.
 */
export type SuppressRule = { readonly validFrom: string; readonly minimum: number; readonly source: string };

/** @example `[5]` for a day of 2026: shares of fewer than five dossiers are not shown */
export function minimumOn(rules: readonly SuppressRule[], day: string): number {
  return rules.findLast((rule) => rule.validFrom <= day)?.minimum ?? 1;
}

/**
 * Which cells of a column are hidden: those of 1 to `minimum` − 1, and where only one would be, the next smallest as
 * well, so that the total of the column does not give the one away. An empty cell (0) says nothing of anybody and stays.
 * @param values denominators, in any order
 * @returns for each value whether it is hidden
 */
export function hiddenCells(values: readonly number[], minimum: number): readonly boolean[] {
  const hidden = values.map((value) => value > 0 && value < minimum);
  const sum = values.reduce((total, value, at) => (hidden[at] ? total + value : total), 0);
  const alone = hidden.filter(Boolean).length === 1;
  // What the total less the shown cells gives away must itself be large enough and of more than one unit.
  if (!alone && (sum === 0 || sum >= minimum)) return hidden;
  const next = values
    .map((value, at) => ({ value, at }))
    .filter(({ value, at }) => value > 0 && !hidden[at])
    .sort((a, b) => a.value - b.value)[0];
  return hidden.map((one, at) => one || at === next?.at);
}
