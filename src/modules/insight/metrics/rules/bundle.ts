import type { DossierTerm, MetricDefinition } from './definition.ts';
import { dossierTerms, isServed, type Measure, SERVED } from './facts.ts';
import { type Lines, sumAt } from './series.ts';

/** What sums are kept of. */
export type Kind = 'received' | 'served' | 'ended' | 'due' | 'late-from' | 'late-until' | 'late766';

/** What dossiers of one kind are told apart by: `<kind>/<what>` (see the comment of `metrics.cell`), and channel. */
export type Bucket = { readonly bucket: string; readonly channel: string };

/** Where the days of a period stand among the days sums are read up to: each sum is of all before its day. */
export type Places = {
  /** First day of the month of `from`. */
  readonly month: number;
  readonly from: number;
  readonly after: number;
  /** Lateness of the open is judged by days before this. */
  readonly late: number;
  /** Decision 766 by days before this. */
  readonly afterAsOf: number;
};

/** Everything the terms need for some units and one period: one reading serves all metrics. */
export type Bundle = {
  /** How many; working minutes of lateness; how many have their whole processing measured, and its working minutes. */
  readonly lines: Lines<Bucket>;
  readonly at: Places;
  /** Due today and past that instant, still open; empty where the period is over. */
  readonly lateToday: readonly { readonly channel: string; readonly answer: string; readonly n: number }[];
  /** Received in the period and late by Decision 766 on its last day. */
  readonly late766: readonly { readonly channel: string; readonly n: number }[];
};

export const NO_BUNDLE: Bundle = {
  lines: { names: [], places: 0, sums: new Float64Array(0) },
  at: { month: 0, from: 0, after: 0, late: 0, afterAsOf: 0 },
  lateToday: [],
  late766: [],
};

export type Figure = {
  readonly numerator: number | null;
  readonly denominator: number | null;
};

/** Sums a question reads: of which kinds, and of which of them from the beginning of time (what is open) besides the period. */
export type Needs = { readonly kinds: readonly Kind[]; readonly stock: readonly Kind[] };

export function needsOf(term: DossierTerm): Needs {
  switch (term.at) {
    case 'received':
      if (isServed(term)) return { kinds: ['served'], stock: [] };
      return { kinds: term.where?.onTime766 === undefined ? ['received'] : ['received', 'late766'], stock: [] };
    case 'ended':
      return { kinds: ['ended'], stock: [] };
    case 'due':
      return { kinds: ['due'], stock: [] };
    case 'open-at-start':
      return { kinds: ['received', 'ended'], stock: ['received', 'ended'] };
    case 'open-at-end': {
      const late: readonly Kind[] = ['late-from', 'late-until'];
      const all: readonly Kind[] = ['received', 'ended'];
      const kinds = term.where?.late === undefined ? all : term.where.late ? late : [...all, ...late];
      return { kinds, stock: kinds };
    }
  }
}

/** What several terms read together, in a fixed order. */
export function needsOfAll(terms: readonly DossierTerm[]): Needs {
  const all = terms.map(needsOf);
  const together = (pick: (one: Needs) => readonly Kind[]): readonly Kind[] => [...new Set(all.flatMap(pick))].sort();
  return { kinds: together((one) => one.kinds), stock: together((one) => one.stock) };
}

/** The two sides of a metric; `null` numerator never happens here, an empty denominator is 0. */
export function figureOf(definition: MetricDefinition, bundle: Bundle, channel: string | undefined): Figure {
  return {
    numerator: sumOf(dossierTerms(definition.numerator.terms), bundle, channel, definition.numerator.measure),
    denominator: definition.denominator ? sumOf(dossierTerms(definition.denominator.terms), bundle, channel) : null,
  };
}

/** Dossiers of some terms (or their minutes); terms never overlap. */
export const sumOf = (
  terms: readonly DossierTerm[],
  bundle: Bundle,
  channel: string | undefined,
  measure: Measure = 'count',
): number => terms.reduce((total, term) => total + countOf(term, bundle, channel, measure), 0);

/** Parts of the buckets seen so far: there are a few dozen. */
const known = new Map<string, readonly string[]>();
export function partsOf(bucket: string): readonly string[] {
  const found = known.get(bucket);
  if (found) return found;
  const parts = bucket.split('/');
  known.set(bucket, parts);
  return parts;
}

const within = (value: string, list: readonly string[] | undefined): boolean =>
  list === undefined || list.includes(value);

/** Which of the sums of a line, from one place (none: from the beginning) to before another. */
type Take = { readonly from?: number; readonly until: number; readonly measure?: number };
/** The order of sums in a line. */
const SUMS = { count: 0, 'lateness-minutes': 1, worked: 2, 'work-minutes': 3 } as const;

function countOf(term: DossierTerm, bundle: Bundle, channel: string | undefined, measure: Measure): number {
  const where = term.where ?? {};
  const ofChannel = (one: { readonly channel: string }): boolean =>
    (channel === undefined || one.channel === channel) && within(one.channel, where.channel);
  const { lines, at } = bundle;
  /** From the day at one place (none: from the beginning) to before that at another. */
  const add = (
    kind: Kind,
    { from, until, measure: nth = 0 }: Take,
    pick?: (parts: readonly string[]) => boolean,
  ): number => {
    let sum = 0;
    for (const [row, name] of lines.names.entries()) {
      const parts = partsOf(name.bucket);
      if (parts[0] !== kind || !ofChannel(name) || (pick !== undefined && !pick(parts))) continue;
      sum += sumAt(lines, row, until, nth) - (from === undefined ? 0 : sumAt(lines, row, from, nth));
    }
    return sum;
  };
  const flow: Take = { from: at.from, until: at.after };
  const before: Take = { until: at.from };
  const end: Take = { until: at.after };

  switch (term.at) {
    case 'received': {
      if (isServed(term))
        return add('served', flow, ([, ...values]) =>
          SERVED.every((name, nth) => within(values[nth] ?? '', where[name])),
        );
      const all = add('received', flow);
      if (where.onTime766 === undefined) return all;
      const late = bundle.late766.filter(ofChannel).reduce((sum, one) => sum + one.n, 0);
      return where.onTime766 ? all - late : late;
    }
    case 'ended': {
      const counted = measure === 'count' ? (where.measured ? 'worked' : 'count') : measure;
      return add(
        'ended',
        { ...flow, measure: SUMS[counted] },
        ([, klass = '', outcome = '', answer = '']) =>
          within(klass, where.class) && within(outcome, where.outcome) && within(answer, where.answer),
      );
    }
    case 'due':
      return add('due', flow, ([, klass = '']) => within(klass, where.class));
    case 'open-at-start':
      return add('received', before) - add('ended', before);
    case 'open-at-end': {
      const open = add('received', end) - add('ended', end);
      if (where.late === undefined) return open;
      const answered = ([, answer = '']: readonly string[]): boolean => within(answer, where.answer);
      const late =
        add('late-from', { until: at.late }, answered) -
        add('late-until', end, answered) +
        bundle.lateToday
          .filter((one) => ofChannel(one) && within(one.answer, where.answer))
          .reduce((sum, one) => sum + one.n, 0);
      return where.late ? late : open - late;
    }
  }
}
