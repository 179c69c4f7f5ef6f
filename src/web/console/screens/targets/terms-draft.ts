import { formatNumberVi, parseNumberVi } from '../../../../core/text/numbers.ts';
import type { Goal, TargetTerms, ValueSource } from '../../../../modules/insight/targets/rules/definition.ts';

export const RELATIONS = ['at-least', 'above', 'at-most', 'below', 'not-below', 'not-above', 'band'] as const;
export type Relation = (typeof RELATIONS)[number];
export const REFERENCES = ['parent', 'average-of-siblings', 'unit'] as const;

/** What is typed of a target, as it stands in the fields. */
export type TermsDraft = {
  name: string;
  sourceNumber: string;
  sourceDate: string;
  sourceText: string;
  owner: string;
  weight: string;
  /** `manual`, `metric:<id>`, `register:<id>/<measure>`, or `kept`: the source it has, which the form does not offer. */
  value: string;
  measure: TargetTerms['unit'];
  decimals: string;
  relation: Relation;
  goal: string;
  reference: (typeof REFERENCES)[number];
  referenceUnit: string;
  bands: string;
  band: string;
  planned: string;
  derived: boolean;
  minimum: string;
  near: string;
  forecast: TargetTerms['forecast'];
  baseValue: string;
  baseLabel: string;
  note: string;
};

export const NEW_DRAFT: TermsDraft = {
  name: '',
  sourceNumber: '',
  sourceDate: '',
  sourceText: '',
  owner: '',
  weight: '1',
  value: 'manual',
  measure: 'percent',
  decimals: '2',
  relation: 'at-least',
  goal: '',
  reference: 'parent',
  referenceUnit: '',
  bands: 'Yếu, Trung bình, Khá, Tốt, Xuất sắc',
  band: 'Khá',
  planned: '',
  derived: false,
  minimum: '',
  near: '90',
  forecast: 'ratio',
  baseValue: '',
  baseLabel: '',
  note: '',
};

const KEYS: Readonly<Record<Relation, string>> = {
  'at-least': 'atLeast',
  above: 'above',
  'at-most': 'atMost',
  below: 'below',
  'not-below': 'notBelow',
  'not-above': 'notAbove',
  band: 'atLeastBand',
};
const numberOf = (value: number | undefined): string => (value === undefined ? '' : formatNumberVi(value));

const referenceOf = (goal: Goal) =>
  'notBelow' in goal ? goal.notBelow : 'notAbove' in goal ? goal.notAbove : undefined;

/** The fields of a target that is there. */
export function draftOf(terms: TargetTerms): TermsDraft {
  const { goal, value } = terms;
  const relation = RELATIONS.find((one) => KEYS[one] in goal) ?? 'at-least';
  const reference = referenceOf(goal);
  const [number] = Object.values(goal).filter((one) => typeof one === 'number');
  return {
    name: terms.name,
    sourceNumber: terms.source.number,
    sourceDate: terms.source.date ?? '',
    sourceText: terms.source.text,
    owner: terms.owner,
    weight: numberOf(terms.weight),
    value: 'manual' in value ? 'manual' : isPlainMetric(value) ? `metric:${value.metric}` : 'kept',
    measure: terms.unit,
    decimals: String(terms.decimals),
    relation,
    goal: numberOf(number),
    reference: reference?.of ?? 'parent',
    referenceUnit: reference?.unitId ?? '',
    bands: 'bands' in goal ? goal.bands.join(', ') : NEW_DRAFT.bands,
    band: 'bands' in goal ? goal.atLeastBand : NEW_DRAFT.band,
    planned: numberOf(terms.planned?.quantity),
    derived: terms.planned?.derived ?? false,
    minimum: numberOf(terms.minimumVolume),
    near: terms.nearShare === undefined ? '90' : formatNumberVi(terms.nearShare * 100),
    forecast: terms.forecast,
    baseValue: numberOf(terms.base?.value),
    baseLabel: terms.base?.label ?? '',
    note: terms.note ?? '',
  };
}

function isPlainMetric(value: ValueSource): value is { metric: string } {
  return 'metric' in value && Object.keys(value).length === 1;
}

/** What is wrong with a field: nothing in it, no number, or a number that cannot be meant. */
export type Fault = 'empty' | 'number' | 'range';
export type Faults = Readonly<Partial<Record<keyof TermsDraft, Fault>>>;

/** Bounds of the numbers, both inclusive; `whole`: no decimals. The same as those of the server. */
const BOUNDS: Readonly<
  Partial<Record<keyof TermsDraft, { readonly least: number; readonly most: number; readonly whole?: boolean }>>
> = {
  weight: { least: 0, most: 1000 },
  decimals: { least: 0, most: 4, whole: true },
  near: { least: 0, most: 100 },
  minimum: { least: 1, most: 1_000_000_000, whole: true },
  planned: { least: 0.000001, most: Number.MAX_SAFE_INTEGER },
};

/** Fields that must be filled in or corrected before the target can be sent, in the order they are filled in. */
export function findFaults(draft: TermsDraft): Faults {
  const needed: (keyof TermsDraft)[] = ['name', 'owner', 'sourceText', 'weight', 'decimals', 'near'];
  const numbers: (keyof TermsDraft)[] = ['weight', 'decimals', 'near', 'minimum', 'planned', 'baseValue'];
  if (draft.relation === 'band') needed.push('bands', 'band');
  else if (isMoving(draft)) {
    if (draft.reference === 'unit') needed.push('referenceUnit');
  } else {
    needed.push('goal');
    numbers.push('goal');
  }
  if (draft.baseValue.trim() !== '') needed.push('baseLabel');
  const faults: Partial<Record<keyof TermsDraft, Fault>> = {};
  for (const name of needed) if (String(draft[name]).trim() === '') faults[name] = 'empty';
  for (const name of numbers) {
    const fault = numberFault(String(draft[name]).trim(), BOUNDS[name]);
    if (fault) faults[name] = fault;
  }
  return faults;
}

function numberFault(text: string, bounds: (typeof BOUNDS)[keyof TermsDraft]): Fault | undefined {
  if (text === '') return undefined;
  const value = parseNumberVi(text);
  if (value === undefined) return 'number';
  if (!bounds) return undefined;
  const { least, most, whole = false } = bounds;
  return value < least || value > most || (whole && !Number.isInteger(value)) ? 'range' : undefined;
}

export const isMoving = (draft: Pick<TermsDraft, 'relation'>): boolean =>
  draft.relation === 'not-below' || draft.relation === 'not-above';

/** Whether the source counts by itself: only of that the figures of other units are known. */
export const isCounted = (value: string, before: TargetTerms | undefined): boolean =>
  value.startsWith('metric:') || (value === 'kept' && before !== undefined && 'metric' in before.value);

/** What choosing a source changes: a goal that looks at other units stays only where they have figures of it. */
export function chooseSource(draft: TermsDraft, value: string, before: TargetTerms | undefined): Partial<TermsDraft> {
  if (!isMoving(draft) || mayMove(value, before)) return { value };
  return { value, relation: draft.relation === 'not-below' ? 'at-least' : 'at-most' };
}

/** Whether the goal of a source may be what other units reach; what an edited target has it may keep. */
export const mayMove = (value: string, before: TargetTerms | undefined): boolean =>
  isCounted(value, before) ||
  (before !== undefined && referenceOf(before.goal) !== undefined && sameSource(value, before));

const sameSource = (value: string, before: TargetTerms): boolean => value === draftOf(before).value;

/**
 * The target of the fields; call where `findFaults` finds none.
 * @param before what an edited target said: of it stays what the form does not offer
 * @param metricUnit how the chosen metric, or measure of a register, is measured
 */
export function termsOf(
  draft: TermsDraft,
  before: TargetTerms | undefined,
  metricUnit: string | undefined,
): TargetTerms {
  const number = (text: string): number => parseNumberVi(text) ?? 0;
  const optional = (text: string): number | undefined => (text.trim() === '' ? undefined : number(text));
  const down = ['at-most', 'below', 'not-above'].includes(draft.relation);
  const metric = draft.value.startsWith('metric:') ? draft.value.slice(7) : undefined;
  const [, register, measure] = /^register:([^/]+)\/(.+)$/.exec(draft.value) ?? [];
  const chosen = register !== undefined && measure !== undefined ? { register, measure } : { manual: true as const };
  const value: ValueSource =
    metric !== undefined ? { metric } : draft.value === 'kept' && before ? before.value : chosen;
  const planned = optional(draft.planned);
  const minimumVolume = optional(draft.minimum);
  const base = optional(draft.baseValue);
  const unit = draft.relation === 'band' ? 'band' : measureOf(draft, metricUnit);
  return {
    name: draft.name.trim(),
    source: {
      number: draft.sourceNumber.trim(),
      ...(draft.sourceDate ? { date: draft.sourceDate } : {}),
      text: draft.sourceText.trim(),
    },
    owner: draft.owner.trim(),
    direction: down ? 'down' : 'up',
    weight: number(draft.weight),
    value,
    unit,
    decimals: number(draft.decimals),
    goal: goalOf(draft, before),
    ...(planned !== undefined && unit === 'percent'
      ? { planned: { ...before?.planned, quantity: planned, derived: draft.derived } }
      : {}),
    ...(minimumVolume === undefined ? {} : { minimumVolume }),
    nearShare: number(draft.near) / 100,
    ...(before?.nearBands === undefined ? {} : { nearBands: before.nearBands }),
    forecast: unit === 'band' ? 'none' : draft.forecast,
    ...(base === undefined ? {} : { base: { value: base, label: draft.baseLabel.trim() } }),
    ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
  };
}

function measureOf(draft: TermsDraft, metricUnit: string | undefined): TargetTerms['unit'] {
  if (metricUnit === undefined) return draft.measure === 'band' ? 'percent' : draft.measure;
  return metricUnit === 'percent' || metricUnit === 'count' ? metricUnit : 'points';
}

function goalOf(draft: TermsDraft, before: TargetTerms | undefined): Goal {
  if (draft.relation === 'band')
    return {
      atLeastBand: draft.band.trim(),
      bands: draft.bands.split(',').flatMap((name) => name.trim() || []),
    };
  if (isMoving(draft)) {
    // What it compared with was meant for that source; another one is held against itself.
    const metric = before && sameSource(draft.value, before) ? referenceOf(before.goal)?.metric : undefined;
    const reference = {
      of: draft.reference,
      ...(draft.reference === 'unit' ? { unitId: draft.referenceUnit } : {}),
      ...(metric === undefined ? {} : { metric }),
    };
    return draft.relation === 'not-below' ? { notBelow: reference } : { notAbove: reference };
  }
  const value = parseNumberVi(draft.goal) ?? 0;
  switch (draft.relation) {
    case 'above':
      return { above: value };
    case 'at-most':
      return { atMost: value };
    case 'below':
      return { below: value };
    default:
      return { atLeast: value };
  }
}
