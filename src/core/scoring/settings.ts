import type { Criterion, IndicatorSet } from './set.ts';

/** A setting or option nobody knows: `setting` is what was asked for, `option` null where the setting itself is unknown. */
export type UnknownChoice = {
  readonly setting: string;
  readonly option: string | null;
  readonly known: readonly string[];
};

/**
 * The set as it is scored once the disputed places are read as chosen: criteria and bands of the options stand in the
 * place of those of the set, and `chosen` tells what was taken. What nobody chose is read as the set says.
 * @example chooseSettings(set766, { 'digitised-threshold': 'text' }) // 4.2 has its maximum from 80 %
 */
export function chooseSettings(
  set: IndicatorSet,
  choices: Readonly<Record<string, string>>,
): { readonly ok: true; readonly set: IndicatorSet } | { readonly ok: false; readonly unknown: UnknownChoice[] } {
  const settings = set.settings ?? [];
  const unknown = Object.entries(choices).flatMap(([id, option]): UnknownChoice[] => {
    const setting = settings.find((each) => each.id === id);
    if (!setting) return [{ setting: id, option: null, known: settings.map((each) => each.id) }];
    const known = setting.options.map((each) => each.id);
    return known.includes(option) ? [] : [{ setting: id, option, known }];
  });
  if (unknown.length > 0) return { ok: false, unknown };
  let read = set;
  for (const setting of settings) {
    const option = setting.options.find((each) => each.id === (choices[setting.id] ?? setting.chosen));
    if (option?.criteria) read = withCriteria(read, option.criteria);
    if (option?.bands) read = { ...read, bands: option.bands };
  }
  if (settings.length === 0) return { ok: true, set: read };
  const chosen = settings.map((each) => ({ ...each, chosen: choices[each.id] ?? each.chosen }));
  return { ok: true, set: { ...read, settings: chosen } };
}

function withCriteria(set: IndicatorSet, criteria: readonly Criterion[]): IndicatorSet {
  const instead = new Map(criteria.map((each) => [each.id, each]));
  const domains = (set.domains ?? []).map((domain) =>
    domain.criteria ? { ...domain, criteria: domain.criteria.map((each) => instead.get(each.id) ?? each) } : domain,
  );
  return { ...set, domains };
}
