import type { DossierTerm, MetricDefinition } from './definition.ts';
import { dossierTerms, isServed, type Measure, SERVED } from './facts.ts';

/** What sums are kept of. */
export type Kind = 'received' | 'served' | 'ended' | 'due' | 'late-from' | 'late-until' | 'late766';

/** Counts of one bucket for some units and one period. */
export type Cell = {
  /** `<kind>/<what>`, see the comment of `metrics.cell`. */
  readonly bucket: string;
  readonly channel: string;
  /** On days of the period. */
  readonly flow: number;
  /** On all days before the period. */
  readonly before: number;
  /** On all days to the last of the period, or to the eve of today where it is not over. */
  readonly toLateDay: number;
  /** Of the period: working minutes of lateness; how many have their whole processing measured, and its working minutes. */
  readonly minutes: number;
  readonly worked: number;
  readonly workMinutes: number;
};

/** Everything the terms need for some units and one period: one reading serves all metrics. */
export type Bundle = {
  readonly cells: readonly Cell[];
  /** Due today and past that instant, still open; empty where the period is over. */
  readonly lateToday: readonly { readonly channel: string; readonly answer: string; readonly n: number }[];
  /** Received in the period and late by Decision 766 on its last day. */
  readonly late766: readonly { readonly channel: string; readonly n: number }[];
};

export const NO_BUNDLE: Bundle = { cells: [], lateToday: [], late766: [] };

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
function partsOf(bucket: string): readonly string[] {
  const found = known.get(bucket);
  if (found) return found;
  const parts = bucket.split('/');
  known.set(bucket, parts);
  return parts;
}

const ofKinds = new WeakMap<readonly Cell[], ReadonlyMap<string, readonly Cell[]>>();
/** The cells by kind; cells are never changed, and bundles are asked many times. */
function byKind(cells: readonly Cell[]): ReadonlyMap<string, readonly Cell[]> {
  const found = ofKinds.get(cells);
  if (found) return found;
  const made = Map.groupBy(cells, (cell) => partsOf(cell.bucket)[0] ?? '');
  ofKinds.set(cells, made);
  return made;
}

const within = (value: string, list: readonly string[] | undefined): boolean =>
  list === undefined || list.includes(value);

function countOf(term: DossierTerm, bundle: Bundle, channel: string | undefined, measure: Measure): number {
  const where = term.where ?? {};
  const ofChannel = (one: { readonly channel: string }): boolean =>
    (channel === undefined || one.channel === channel) && within(one.channel, where.channel);
  const add = (kind: Kind, value: (cell: Cell) => number, pick?: (parts: readonly string[]) => boolean): number => {
    let sum = 0;
    for (const cell of byKind(bundle.cells).get(kind) ?? [])
      if (ofChannel(cell) && (pick === undefined || pick(partsOf(cell.bucket)))) sum += value(cell);
    return sum;
  };
  const end = (cell: Cell): number => cell.before + cell.flow;

  switch (term.at) {
    case 'received': {
      if (isServed(term))
        return add(
          'served',
          (cell) => cell.flow,
          ([, ...values]) => SERVED.every((name, nth) => within(values[nth] ?? '', where[name])),
        );
      const all = add('received', (cell) => cell.flow);
      if (where.onTime766 === undefined) return all;
      const late = bundle.late766.filter(ofChannel).reduce((sum, one) => sum + one.n, 0);
      return where.onTime766 ? all - late : late;
    }
    case 'ended': {
      const value =
        measure === 'lateness-minutes'
          ? (cell: Cell) => cell.minutes
          : measure === 'work-minutes'
            ? (cell: Cell) => cell.workMinutes
            : where.measured
              ? (cell: Cell) => cell.worked
              : (cell: Cell) => cell.flow;
      return add(
        'ended',
        value,
        ([, klass = '', outcome = '', answer = '']) =>
          within(klass, where.class) && within(outcome, where.outcome) && within(answer, where.answer),
      );
    }
    case 'due':
      return add(
        'due',
        (cell) => cell.flow,
        ([, klass = '']) => within(klass, where.class),
      );
    case 'open-at-start':
      return add('received', (cell) => cell.before) - add('ended', (cell) => cell.before);
    case 'open-at-end': {
      const open = add('received', end) - add('ended', end);
      if (where.late === undefined) return open;
      const answered = ([, answer = '']: readonly string[]): boolean => within(answer, where.answer);
      const late =
        add('late-from', (cell) => cell.toLateDay, answered) -
        add('late-until', end, answered) +
        bundle.lateToday
          .filter((one) => ofChannel(one) && within(one.answer, where.answer))
          .reduce((sum, one) => sum + one.n, 0);
      return where.late ? late : open - late;
    }
  }
}
