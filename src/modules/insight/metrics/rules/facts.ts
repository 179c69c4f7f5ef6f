import type { DossierTerm, MetricDefinition, Term, VisitTerm } from './definition.ts';
import type { MetricWhere } from './types.ts';

export type FactId = Term['fact'];
export type Measure = NonNullable<MetricDefinition['numerator']['measure']>;

/** What figures may be told apart or narrowed by, beside the tree of units and the period that every fact has. */
export type Dimension = 'field' | 'procedure' | 'channel' | 'received-unit' | 'step' | 'person';

type DateRole = {
  /** Filters of a term that mean something on this day; any other would silently count nothing. */
  readonly filters: readonly string[];
  readonly measures: readonly Measure[];
};

/**
 * The facts modules publish: by which of their days they are counted, what is added up of them, and what they can be told
 * apart by. The one declaration for linting, reading and the screens.
 * @example a visit to a step has a person and no receiving unit; minutes of lateness are added up of ended dossiers only
 */
export const FACTS: Readonly<
  Record<FactId, { readonly dimensions: readonly Dimension[]; readonly dates: Readonly<Record<string, DateRole>> }>
> = {
  dossier: {
    dimensions: ['field', 'procedure', 'channel', 'received-unit'],
    dates: {
      received: {
        filters: ['channel', 'serviceLevel', 'papers', 'payment', 'returned', 'account', 'onTime766'],
        measures: ['count'],
      },
      ended: {
        filters: ['channel', 'class', 'outcome', 'answer', 'measured'],
        measures: ['count', 'lateness-minutes', 'work-minutes'],
      },
      due: { filters: ['channel', 'class'], measures: ['count'] },
      'open-at-start': { filters: ['channel'], measures: ['count'] },
      'open-at-end': { filters: ['channel', 'late', 'answer'], measures: ['count'] },
    } satisfies Record<DossierTerm['at'], DateRole>,
  },
  visit: {
    dimensions: ['field', 'procedure', 'channel', 'step', 'person'],
    dates: {
      left: { filters: ['class', 'way', 'measured'], measures: ['count', 'work-minutes'] },
    } satisfies Record<VisitTerm['at'], DateRole>,
  },
};

const WHERE = {
  field: 'field',
  procedure: 'procedureCode',
  channel: 'channel',
  'received-unit': 'receivedUnitId',
  step: 'stepId',
  person: 'staffId',
} as const satisfies Record<Dimension, keyof MetricWhere>;

/** The fact a metric counts; all its terms name the same (linter). */
export const factOf = ({ numerator }: Pick<MetricDefinition, 'numerator'>): FactId =>
  numerator.terms[0]?.fact ?? 'dossier';

/** What a metric is about, for lists: in the order they are shown. */
export const METRIC_GROUPS = ['received', 'served', 'ended', 'due', 'open', 'steps'] as const;
type MetricGroup = (typeof METRIC_GROUPS)[number];

/** By the first thing counted above the line. @example online-full-share → served; open-late → open; average-time → ended */
export function groupOf({ numerator }: Pick<MetricDefinition, 'numerator'>): MetricGroup {
  const [term] = numerator.terms;
  if (term === undefined || term.fact === 'visit') return 'steps';
  if (term.at === 'open-at-start' || term.at === 'open-at-end') return 'open';
  return isServed(term) ? 'served' : term.at;
}

/** A filter of the question the fact cannot answer; undefined where there is none. */
export function lackingDimension(fact: FactId, where: MetricWhere | undefined): Dimension | undefined {
  if (where === undefined) return undefined;
  return (Object.keys(WHERE) as Dimension[]).find(
    (one) => where[WHERE[one]] !== undefined && !FACTS[fact].dimensions.includes(one),
  );
}

/** Filters by how a dossier was served, in the order their values stand in the bucket; none of them goes with `onTime766` (linter). */
export const SERVED = ['serviceLevel', 'papers', 'payment', 'returned', 'account'] as const;
export const isServed = ({ where }: DossierTerm): boolean => SERVED.some((name) => where?.[name] !== undefined);

export const dossierTerms = (terms: readonly Term[]): readonly DossierTerm[] =>
  terms.filter((term) => term.fact === 'dossier');

/** Of both sides of a metric. */
export const dossierTermsOf = ({ numerator, denominator }: MetricDefinition): readonly DossierTerm[] =>
  dossierTerms([...numerator.terms, ...(denominator?.terms ?? [])]);

export const visitTerms = (terms: readonly Term[]): readonly VisitTerm[] =>
  terms.filter((term) => term.fact === 'visit');
