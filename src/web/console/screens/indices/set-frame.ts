import type { Band, Criterion, IndicatorSet, Setting } from '../../../../core/scoring/index.ts';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { readNumber } from '../reports/words.ts';
import { linesOf } from './set-tree.ts';

type Bands = NonNullable<IndicatorSet['bands']>;
/** Which bands: of the whole index, or of each domain. */
export type BandsOf = 'total' | 'domain';
export const BANDS_OF = ['total', 'domain'] as const satisfies readonly BandsOf[];
type Option = Setting['options'][number];
/** What is wrong with one field: the keys of `indices.frame-faults`. */
type Fault = 'name' | 'id' | 'twice' | 'weight' | 'min';

/** A part as it is typed; `was`: its id in the set, none of a new one. `percent` is its weight in per cent. */
export type PartDraft = {
  readonly key: string;
  readonly was?: string;
  readonly id: string;
  readonly name: string;
  readonly percent: string;
  readonly note?: string;
  /** The per cent that was worked out, not published: as long as it stands, so is the weight. */
  readonly derived?: string;
};
export type BandDraft = { readonly key: string; readonly min: string; readonly label: string };

const ID = /^[a-z0-9][a-z0-9.-]{0,60}$/;

/** The first `<stem>-1`, `<stem>-2` … that nobody has. */
export function freeId(stem: string, taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}

export const partDrafts = (set: IndicatorSet): PartDraft[] =>
  (set.parts ?? []).map(({ id, name, weight, note, derived }) => {
    const percent = typedNumberVi(Math.round(weight * 1e8) / 1e6);
    return {
      key: id,
      was: id,
      id,
      name,
      percent,
      ...(note === undefined ? {} : { note }),
      ...(derived === true ? { derived: percent } : {}),
    };
  });

/** The weight of a part, exact to a millionth of a per cent; undefined: not above 0 and up to 100 %. */
function weightOf({ percent }: PartDraft): number | undefined {
  const value = readNumber(percent);
  const weight = typeof value === 'number' ? Math.round(value * 1e6) / 1e8 : 0;
  return weight > 0 && weight <= 1 ? weight : undefined;
}

/** Faults of each row by its key, in the order of its fields. */
export function partFaults(drafts: readonly PartDraft[]): ReadonlyMap<string, readonly Fault[]> {
  return faultsBy(drafts, (draft) => [
    ...(draft.name.trim() === '' ? (['name'] as const) : []),
    ...(ID.test(draft.id) ? [] : (['id'] as const)),
    ...(drafts.some((other) => other !== draft && other.id === draft.id) ? (['twice'] as const) : []),
    ...(weightOf(draft) === undefined ? (['weight'] as const) : []),
  ]);
}

/** Per cent the weights add up to, to a millionth: 100 is right. */
export const sumOfWeights = (drafts: readonly PartDraft[]): number =>
  drafts.reduce((sum, draft) => sum + Math.round((weightOf(draft) ?? 0) * 1e8), 0) / 1e6;

/** The set with these parts, in which domains follow a part whose id was changed. Drafts without faults only. */
export function withParts(set: IndicatorSet, drafts: readonly PartDraft[]): IndicatorSet {
  const renamed = new Map(drafts.flatMap(({ was, id }) => (was === undefined ? [] : [[was, id] as const])));
  const parts = drafts.map((draft) => ({
    id: draft.id,
    name: draft.name.trim(),
    weight: weightOf(draft) ?? 0,
    ...(draft.derived === draft.percent ? { derived: true } : {}),
    ...(draft.note === undefined ? {} : { note: draft.note }),
  }));
  const domains = set.domains?.map((domain) => {
    const { part, ...rest } = domain;
    if (part === undefined) return domain;
    // A domain of a part that is gone belongs to none: the findings say so at the domain.
    const now = renamed.get(part);
    return now === undefined ? rest : { ...rest, part: now };
  });
  const { parts: _, domains: __, ...rest } = set;
  return { ...rest, ...(parts.length > 0 ? { parts } : {}), ...(domains ? { domains } : {}) };
}

export const bandDrafts = (bands: readonly Band[] | undefined): BandDraft[] =>
  (bands ?? []).map(({ min, label }, at) => ({ key: String(at), min: typedNumberVi(min), label }));

const minOf = ({ min }: BandDraft): number | undefined => {
  const value = readNumber(min);
  return typeof value === 'number' && value <= 100 ? value : undefined;
};

export function bandFaults(drafts: readonly BandDraft[]): ReadonlyMap<string, readonly Fault[]> {
  return faultsBy(drafts, (draft) => {
    const min = minOf(draft);
    const twice = min !== undefined && drafts.some((other) => other !== draft && minOf(other) === min);
    return [
      ...(min === undefined ? (['min'] as const) : []),
      ...(twice ? (['twice'] as const) : []),
      ...(draft.label.trim() === '' ? (['name'] as const) : []),
    ];
  });
}

/** Whether everybody has a band: there are none at all, or the lowest begins at 0. */
export const reachesZero = (drafts: readonly BandDraft[]): boolean =>
  drafts.length === 0 || drafts.some((draft) => minOf(draft) === 0);

/** Bands from the highest down, whatever the order they were typed in; none: the index has no such bands. */
export function withBands(bands: Bands | undefined, of: BandsOf, drafts: readonly BandDraft[]): Bands {
  const list = drafts
    .map((draft) => ({ min: minOf(draft) ?? 0, label: draft.label.trim() }))
    .sort((a, b) => b.min - a.min);
  const { [of]: before = [], derived, ...rest } = bands ?? {};
  const same =
    before.length === list.length &&
    before.every(({ min, label }, at) => min === list[at]?.min && label === list[at]?.label);
  const changed = list.length === 0 ? rest : { ...rest, [of]: list };
  return derived === true && same ? { ...changed, derived } : changed;
}

/** The set with other bands; without any the key goes too. */
export function withSetBands(set: IndicatorSet, bands: Bands): IndicatorSet {
  const { bands: _, ...rest } = set;
  return Object.keys(bands).length === 0 ? rest : { ...rest, bands };
}

/** The set with one disputed place changed, added (an id it has not), or taken out (`undefined`). */
export function withSetting(set: IndicatorSet, id: string, setting: Setting | undefined): IndicatorSet {
  const { settings = [], ...rest } = set;
  const at = settings.findIndex((each) => each.id === id);
  const kept = settings.filter((each) => each.id !== id);
  const next = setting === undefined ? kept : at < 0 ? [...kept, setting] : kept.toSpliced(at, 0, setting);
  return next.length === 0 ? rest : { ...rest, settings: next };
}

export function withOption(set: IndicatorSet, settingId: string, option: Option): IndicatorSet {
  const setting = set.settings?.find((each) => each.id === settingId);
  if (!setting) return set;
  const options = setting.options.map((each) => (each.id === option.id ? option : each));
  return withSetting(set, settingId, { ...setting, options });
}

/** What a reading puts in the place of criteria, as a set of one domain: the tree edits it like any other. */
export const setOfOption = (set: IndicatorSet, { name, criteria }: Option): IndicatorSet => ({
  ...set,
  domains: [{ id: '/', name, max: 0, ...(criteria ? { criteria } : {}) }],
});

/** The reading with the criteria of `setOfOption` after they were edited. */
export function optionOfSet(option: Option, edited: IndicatorSet): Option {
  const { criteria: _, ...rest } = option;
  const criteria = edited.domains?.[0]?.criteria;
  return criteria && criteria.length > 0 ? { ...rest, criteria } : rest;
}

/** Criteria of the set a reading does not replace yet. */
export function replaceable(set: IndicatorSet, option: Option): Criterion[] {
  const replaced = new Set(option.criteria?.map((each) => each.id));
  return (set.domains ?? []).flatMap((domain) => (domain.criteria ?? []).filter((each) => !replaced.has(each.id)));
}

/** Findings that stand at no place of the editor: they are told above it. */
export function withoutPlace<F extends { readonly path: string }>(set: IndicatorSet, findings: readonly F[]): F[] {
  const places = new Set([
    ...linesOf(set).map((line) => `/${line.id}`),
    ...(set.parts ?? []).map((part) => `/${part.id}`),
    '/parts',
    ...BANDS_OF.map((of) => `/bands/${of}`),
    ...(set.settings ?? []).flatMap(({ id, options }) => [
      `/settings/${id}`,
      ...options.map((option) => `/settings/${id}/${option.id}`),
    ]),
  ]);
  return findings.filter(({ path }) => !places.has(path));
}

function faultsBy<D extends { readonly key: string }>(
  drafts: readonly D[],
  faultsOf: (draft: D) => readonly Fault[],
): ReadonlyMap<string, readonly Fault[]> {
  return new Map(
    drafts.flatMap((draft) => {
      const faults = faultsOf(draft);
      return faults.length === 0 ? [] : [[draft.key, faults] as const];
    }),
  );
}
